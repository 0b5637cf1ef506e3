// Draws the areas of a page. The table beside says the same and is there without this.
//
// Everything comes with the element: where the library, the areas and their pages are, and every
// word that is shown. It is fetched when the map is about to be seen.

const NEAR = "600px";
const PADDING = { chosen: 64, all: 20 };

const tokens = (element) => {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(`--ly-${name}`).trim();
  return {
    outside: token("outside"),
    land: token("land"),
    edge: token("line2"),
    chosen: token("accent"),
    lit: token("accent-tint"),
    ink: token("ink"),
    ramp: [1, 2, 3, 4, 5].map((step) => token(`r${step}`)),
  };
};

// An official border is drawn whole, any other dashed. The chosen area has the heavy line.
const IS_OFFICIAL = ["==", ["get", "origin"], "official"];
const IS_CHOSEN = ["get", "chosen"];
const IS_LIT = ["boolean", ["feature-state", "lit"], false];

const line = (id, source, filter, paint) => ({
  id,
  type: "line",
  source,
  filter,
  layout: { "line-join": "round", "line-cap": "butt" },
  paint,
});

const layers = (colour) => {
  const whole = { "line-color": colour.edge, "line-width": 1.4 };
  const dashed = { "line-color": colour.edge, "line-width": 1.2, "line-dasharray": [4, 3] };
  const chosen = { "line-color": colour.chosen, "line-width": 3 };
  const lit = { "line-color": colour.ink, "line-width": ["case", IS_LIT, 2, 0] };
  return [
    { id: "outside", type: "background", paint: { "background-color": colour.outside } },
    {
      id: "land",
      type: "fill",
      source: "areas",
      paint: { "fill-color": ["case", IS_LIT, colour.lit, colour.land] },
    },
    {
      id: "cells",
      type: "fill",
      source: "cells",
      paint: {
        "fill-color": ["match", ["get", "class"], ...steps(colour.ramp), colour.land],
        "fill-opacity": 0.88,
      },
    },
    line("cell-edges", "cells", true, {
      "line-color": ["case", IS_LIT, colour.ink, colour.edge],
      "line-width": ["case", IS_LIT, 2.5, 0.5],
    }),
    line("whole", "borders", IS_OFFICIAL, whole),
    line("dashed", "borders", ["!", IS_OFFICIAL], dashed),
    line("clusters", "clusters", true, { "line-color": colour.ink, "line-width": 3.5 }),
    line("lit", "areas", true, lit),
    line("chosen-whole", "areas", ["all", IS_CHOSEN, IS_OFFICIAL], chosen),
    line("chosen-dashed", "areas", ["all", IS_CHOSEN, ["!", IS_OFFICIAL]], {
      ...chosen,
      "line-dasharray": [2.5, 1.5],
    }),
  ];
};

const steps = (ramp) => ramp.flatMap((colour, step) => [step + 1, colour]);

// What a page lays over the areas: counts as circles, hexagons, and the outlines of dense places.
const layersOf = (id) => {
  const said = id ? JSON.parse(document.getElementById(id).textContent) : {};
  const { circles = [], cells = [], clusters = [] } = said;
  return {
    circles,
    clusters,
    cells: cells.map(({ ring, ...properties }, place) => ({
      type: "Feature",
      id: place,
      geometry: { type: "Polygon", coordinates: [ring] },
      properties,
    })),
    outlines: clusters.map(({ lines }) => ({
      type: "Feature",
      geometry: { type: "MultiLineString", coordinates: lines },
      properties: {},
    })),
  };
};

const boxOf = (features) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    for (const [x, y] of geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2)) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
};

const extent = (feature) => {
  const [west, south, east, north] = boxOf([feature]);
  return (east - west) * (north - south);
};

// The areas, the largest first, so that the small lie on top and can be pointed at; and their
// borders, each drawn once, for the dashes of two neighbours would fill each other's gaps.
const areasFrom = async (url, chosen) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const { features, lines } = await answer.json();
  if (!features.length) throw new Error(`${url}: no areas`);
  const sorted = features.toSorted((one, other) => extent(other) - extent(one));
  const areas = sorted.map((feature, id) => ({
    ...feature,
    id,
    properties: { ...feature.properties, chosen: feature.properties.code === chosen },
  }));
  return { areas, lines };
};

const source = (features) => ({ type: "geojson", data: { type: "FeatureCollection", features } });

const loadStyles = (href) =>
  new Promise((loaded, failed) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    sheet.addEventListener("load", loaded);
    sheet.addEventListener("error", failed);
    document.head.prepend(sheet); // before ours, which has the last word
  });

const drawn = (map) =>
  new Promise((done, failed) => {
    map.once("load", done);
    map.once("error", (event) => failed(event.error));
  });

// Returns what lights an area on the map together with its rows in the tables.
const lamp = (map, areas, cells) => {
  const rows = new Map();
  for (const row of document.querySelectorAll("tr[data-area]")) {
    rows.set(row.dataset.area, [...(rows.get(row.dataset.area) ?? []), row]);
  }
  const places = new Map();
  for (const [source, features] of Object.entries({ areas, cells })) {
    for (const { id, properties } of features) places.set(properties.code, { source, id });
  }
  let lit = null;
  const turn = (code, isLit) => {
    if (places.has(code)) map.setFeatureState(places.get(code), { lit: isLit });
    for (const row of rows.get(code) ?? []) row.classList.toggle("is-lit", isLit);
  };
  const light = (code) => {
    if (code === lit) return;
    turn(lit, false);
    turn(code, true);
    lit = code;
  };
  for (const [code, same] of rows) for (const row of same) lightBy(row, () => light(code), light);
  return light;
};

const lightBy = (element, on, light) => {
  for (const name of ["mouseenter", "focusin"]) element.addEventListener(name, on);
  for (const name of ["mouseleave", "focusout"]) element.addEventListener(name, () => light(null));
};

// A name is a way to the page of its area, so that the map can be used from the keyboard.
const nameOf = (area, address, light) => {
  const { code, name, chosen } = area.properties;
  const isLink = !chosen && address;
  const element = document.createElement(isLink ? "a" : "span");
  element.className = chosen ? "area-name is-selected" : "area-name";
  element.textContent = name;
  element.setAttribute("role", isLink ? "link" : "presentation"); // or it is made an image
  if (isLink) {
    element.href = address(code);
    element.draggable = false;
    element.addEventListener("click", (event) => event.stopPropagation());
    lightBy(element, () => light(code), light);
  }
  return element;
};

// Names may touch with their empty edges.
const EDGE = 3;
const overlaps = (one, other) =>
  one.left + EDGE < other.right - EDGE &&
  other.left + EDGE < one.right - EDGE &&
  one.top + EDGE < other.bottom - EDGE &&
  other.top + EDGE < one.bottom - EDGE;

const holds = (frame, box) =>
  box.left >= frame.left &&
  box.right <= frame.right &&
  box.top >= frame.top &&
  box.bottom <= frame.bottom;

// After each move the names are laid out again. One that would cover another is moved up or down
// a little, and left out where that does not help.
const STEPS = [0, -12, 12, -22, 22];
const settle = (element, markers) => {
  const frame = element.getBoundingClientRect();
  const taken = [element.querySelector(".maplibregl-ctrl-group").getBoundingClientRect()];
  for (const marker of markers) {
    const name = marker.getElement();
    name.hidden = false;
    name.hidden = !STEPS.some((step) => {
      marker.setOffset([0, step]);
      const box = name.getBoundingClientRect();
      const isFree = holds(frame, box) && !taken.some((other) => overlaps(box, other));
      if (isFree) taken.push(box);
      return isFree;
    });
  }
};

const putNames = (library, map, areas, kinds, make) => {
  const named = areas.filter(({ properties: { kind, chosen } }) => chosen || kinds.has(kind));
  named.sort((one, other) => other.properties.chosen - one.properties.chosen);
  const markers = named.map((area) => {
    const { lon, lat } = area.properties;
    return new library.Marker({ element: make(area) }).setLngLat([lon, lat]).addTo(map);
  });
  const lay = () => settle(map.getContainer(), markers);
  map.on("moveend", lay);
  map.on("resize", lay);
  lay();
};

// The area of a circle is the count. It says how many, and lets the pointer through.
const LARGEST = 54;
const SMALLEST = 20;
const putCircles = (library, map, circles) => {
  const most = Math.max(...circles.map(({ count }) => count));
  for (const { lon, lat, count, label } of circles) {
    const element = document.createElement("span");
    const size = Math.max(SMALLEST, LARGEST * Math.sqrt(count / most));
    element.className = "count-circle";
    element.style.width = element.style.height = `${size}px`;
    element.textContent = label;
    element.setAttribute("aria-hidden", "true");
    const offset = [0, -size / 2 - 6];
    new library.Marker({ element, offset }).setLngLat([lon, lat]).addTo(map);
  }
};

const putLetters = (library, map, clusters) => {
  for (const { letter, lon, lat } of clusters) {
    const element = document.createElement("b");
    element.className = "letter";
    element.textContent = letter;
    element.setAttribute("aria-hidden", "true");
    new library.Marker({ element, offset: [0, -14] }).setLngLat([lon, lat]).addTo(map);
  }
};

const build = (library, element, { areas, lines }, over) => {
  const chosen = areas.filter((area) => area.properties.chosen);
  const { label, zoomIn, zoomOut } = element.dataset;
  const map = new library.Map({
    container: element,
    style: {
      version: 8,
      sources: {
        areas: source(areas),
        borders: source(lines),
        cells: source(over.cells),
        clusters: source(over.outlines),
      },
      layers: layers(tokens(element)),
    },
    bounds: boxOf(chosen.length ? chosen : areas),
    fitBoundsOptions: { padding: chosen.length ? PADDING.chosen : PADDING.all },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: {
      "Map.Title": label,
      "NavigationControl.ZoomIn": zoomIn,
      "NavigationControl.ZoomOut": zoomOut,
    },
  });
  // The page scrolls past the map: by wheel, and by one finger. Two fingers move the map.
  map.scrollZoom.disable();
  map.touchZoomRotate.disableRotation();
  if (matchMedia("(pointer: coarse)").matches) map.dragPan.disable();
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", label);
  map.getCanvas().setAttribute("role", "application"); // or the library makes it a region too
  map.addControl(new library.NavigationControl({ showCompass: false }));
  map.addControl(new library.ScaleControl({ unit: "metric" }));
  return map;
};

const follow = (map, light, address) => {
  const at = (event) => {
    const [first] = map.queryRenderedFeatures(event.point, { layers: ["cells", "land"] });
    return first ? { code: first.properties.code, isArea: first.source === "areas" } : null;
  };
  const isWay = (spot) => spot?.isArea && spot.code !== map.getContainer().dataset.selected;
  map.on("mousemove", (event) => {
    const spot = at(event);
    light(spot?.code ?? null);
    map.getCanvas().style.cursor = isWay(spot) ? "pointer" : "";
  });
  map.on("mouseout", () => light(null));
  map.on("click", (event) => {
    const spot = at(event);
    if (isWay(spot)) location.assign(address(spot.code));
  });
};

// Where a point is asked for: a pin where the map is pressed, and the page is told.
const point = (library, map) => {
  const pin = document.createElement("span");
  pin.className = "pin";
  const marker = new library.Marker({ element: pin });
  map.on("click", ({ lngLat }) => {
    marker.setLngLat(lngLat).addTo(map);
    const told = { bubbles: true, detail: lngLat };
    map.getContainer().dispatchEvent(new CustomEvent("pointed", told));
  });
};

const repaintWithTheDevice = (map) => {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const { id, paint } of layers(tokens(map.getContainer()))) {
      for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
    }
  });
};

const draw = async (element) => {
  const { geojson, selected, names, worker, stylesheet } = element.dataset;
  const [library, found] = await Promise.all([
    import(element.dataset.library),
    areasFrom(geojson, selected),
    loadStyles(stylesheet),
    document.fonts.ready,
  ]);
  library.setWorkerUrl(worker);
  const over = layersOf(element.dataset.layers);
  const map = build(library, element, found, over);
  const { areas } = found;
  await drawn(map);
  const isPointedAt = "points" in element.dataset;
  const address = isPointedAt
    ? null
    : (code) => element.dataset.address.replace("KOD", encodeURIComponent(code));
  const light = lamp(map, areas, over.cells);
  putCircles(library, map, over.circles);
  putLetters(library, map, over.clusters);
  putNames(library, map, areas, new Set(names.split(" ")), (area) => nameOf(area, address, light));
  if (isPointedAt) point(library, map);
  else follow(map, light, address);
  repaintWithTheDevice(map);
  element.dataset.state = "drawn";
};

const sayThatItFailed = (element, error) => {
  console.warn(error);
  const sentence = document.createElement("p");
  sentence.textContent = element.dataset.failed;
  element.replaceChildren(sentence);
  element.dataset.state = "failed";
};

const watch = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      draw(target).catch((error) => sayThatItFailed(target, error));
    }
  },
  { rootMargin: NEAR },
);
for (const element of document.querySelectorAll(".area-map")) watch.observe(element);
