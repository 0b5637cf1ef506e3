// Shows a chosen photo, makes it small and blurs boxes in it before it is sent.
//
// The field works without this: the server cleans what comes. All words are in a
// <template> whose id is the field's data-photo. What is sent is a JPEG drawn anew, and no name.

const LONGEST = 1600; // pixels
const QUALITY = 0.85;
const STEP = 0.02; // of the picture: by a key, and the least of a box
const FIRST = { x: 0.375, y: 0.375, w: 0.25, h: 0.25 };
// As on the server (infrastructure/photos/blurring.py).
const CELLS = 4;
const SHADES = 0xe0;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const between = (least, value, most) => Math.min(Math.max(value, least), most);

const within = ({ x, y, w, h }) => {
  const [wide, high] = [between(STEP, w, 1), between(STEP, h, 1)];
  return { x: between(0, x, 1 - wide), y: between(0, y, 1 - high), w: wide, h: high };
};

const colourOf = ({ data }) => {
  const sum = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) for (const i of [0, 1, 2]) sum[i] += data[at + i];
  return `rgb(${sum.map((value) => Math.floor((value * 4) / data.length) & SHADES)})`;
};

const layMosaic = (source, target, box) => {
  const { width, height } = source.canvas;
  const [left, top] = [Math.floor(box.x * width), Math.floor(box.y * height)];
  const right = Math.min(width, Math.ceil((box.x + box.w) * width));
  const bottom = Math.min(height, Math.ceil((box.y + box.h) * height));
  const cell = Math.ceil(Math.max(right - left, bottom - top) / CELLS);
  for (let y = top; y < bottom; y += cell) {
    for (let x = left; x < right; x += cell) {
      const part = [x, y, Math.min(cell, right - x), Math.min(cell, bottom - y)];
      target.fillStyle = colourOf(source.getImageData(...part));
      target.fillRect(...part);
    }
  }
};

const drawn = async (file) => {
  const image = await createImageBitmap(file);
  const share = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * share));
  canvas.height = Math.max(1, Math.round(image.height * share));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white"; // behind what is transparent
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return context;
};

class Photo {
  constructor(input) {
    this.input = input;
    this.ready = Promise.resolve();
    this.turn = 0; // only what was begun last is written
    this.waiting = 0;
    input.addEventListener("change", () => this.wait(this.load(input.files[0])));
    input.form?.addEventListener("submit", (event) => this.hold(event));
  }

  wait(work) {
    this.waiting += 1;
    this.ready = Promise.allSettled([this.ready, work]).then(() => {
      this.waiting -= 1;
    });
  }

  // Nothing is sent before what was last drawn is in the file.
  async hold(event) {
    if (!this.waiting) return;
    event.preventDefault();
    while (this.waiting) await this.ready;
    this.input.form.requestSubmit(event.submitter);
  }

  async load(file) {
    const turn = ++this.turn;
    this.panel?.remove();
    this.panel = null;
    if (!file) return;
    const template = document.getElementById(this.input.dataset.photo).content;
    const panel = template.cloneNode(true).firstElementChild;
    const part = (name) => panel.querySelector(`[data-${name}]`);
    const source = await drawn(file).catch(() => null);
    if (turn !== this.turn) return;
    Object.assign(this, { panel, source, boxes: [], count: 0 });
    this.input.after(panel);
    panel.dataset.state = source ? "drawn" : "failed";
    if (!source) return; // the server says what is wrong with it
    for (const name of ["frame", "list", "status", "button"]) this[name] = part(name);
    this.words = part("box").innerHTML;
    this.canvas = this.frame.querySelector("canvas");
    Object.assign(this.canvas, { width: source.canvas.width, height: source.canvas.height });
    this.canvas.addEventListener("pointerdown", (event) => this.draw(event));
    this.button.addEventListener("click", () => this.add(FIRST).element.focus());
    await this.write();
  }

  async write() {
    const turn = ++this.turn;
    this.show();
    const blob = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", QUALITY));
    if (turn !== this.turn) return;
    const files = new DataTransfer();
    files.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
    this.input.files = files.files;
  }

  show() {
    const context = this.canvas.getContext("2d");
    context.drawImage(this.source.canvas, 0, 0);
    for (const { box, element } of this.boxes) {
      layMosaic(this.source, context, box);
      const [left, top, width, height] = Object.values(box).map((at) => `${100 * at}%`);
      Object.assign(element.style, { left, top, width, height });
    }
  }

  say(what, number) {
    this.status.textContent = this.status.dataset[what].replace("{n}", number);
  }

  add(box) {
    const number = ++this.count;
    const parts = document.createElement("template");
    parts.innerHTML = this.words.replaceAll("{n}", number);
    const [element, row] = parts.content.children;
    const made = { box: within(box), element, row, number };
    row.querySelector("button").addEventListener("click", () => this.remove(made));
    element.addEventListener("keydown", (event) => this.press(event, made));
    element.addEventListener("pointerdown", (event) => this.move(event, made));
    this.boxes.push(made);
    this.frame.append(element);
    this.list.append(row);
    this.wait(this.write());
    this.say("added", number);
    return made;
  }

  remove(made) {
    this.boxes = this.boxes.filter((other) => other !== made);
    made.element.remove();
    made.row.remove();
    this.wait(this.write());
    this.say("removed", made.number);
    this.button.focus();
  }

  change(made, change) {
    made.box = within({ ...made.box, ...change });
    this.wait(this.write());
  }

  press(event, made) {
    const isGone = ["Delete", "Backspace"].includes(event.key);
    if (!isGone && !ARROWS[event.key]) return;
    event.preventDefault();
    if (isGone) return this.remove(made);
    const [right, down] = event.shiftKey ? ["w", "h"] : ["x", "y"];
    const [x, y] = ARROWS[event.key].map((way) => way * STEP);
    this.change(made, { [right]: made.box[right] + x, [down]: made.box[down] + y });
  }

  at({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return [between(0, (clientX - left) / width, 1), between(0, (clientY - top) / height, 1)];
  }

  // A box follows the pointer until it is let go.
  follow({ target, pointerId }, change) {
    target.setPointerCapture(pointerId);
    target.onpointermove = (moved) => change(...this.at(moved));
    target.onlostpointercapture = () => {
      target.onpointermove = null;
    };
  }

  draw(event) {
    if (event.button) return;
    const [x, y] = this.at(event);
    let made = null; // a tap draws nothing
    this.follow(event, (toX, toY) => {
      const [w, h] = [Math.abs(toX - x), Math.abs(toY - y)];
      const box = { x: Math.min(x, toX), y: Math.min(y, toY), w, h };
      if (made) this.change(made, box);
      else if (Math.max(w, h) >= STEP) made = this.add(box);
    });
  }

  move(event, made) {
    const [x, y] = this.at(event);
    const { box } = made;
    this.follow(event, (toX, toY) =>
      this.change(made, { x: box.x + toX - x, y: box.y + toY - y }),
    );
  }
}

const photos = new WeakMap();

export const upgrade = (input) => {
  if (!photos.has(input)) photos.set(input, new Photo(input));
};

// Gives the JPEG that the field sends, or null, when all that was drawn is in it.
export const photoOf = async (input) => {
  const photo = photos.get(input);
  while (photo.waiting) await photo.ready;
  return input.files[0] ?? null;
};

for (const input of document.querySelectorAll("input[type=file][data-photo]")) upgrade(input);
