// A security key: asked when the button is pressed; its answer goes with the form. What is asked
// stands in the page as data.

for (const form of document.querySelectorAll("form[data-key]")) {
  const [button, failed] = [form.querySelector("button"), form.querySelector("[role=alert]")];
  const options = JSON.parse(document.getElementById("js_data").textContent);
  const isNew = form.dataset.key === "create";
  form.hidden = !globalThis.webauthnJSON?.supported();
  button.addEventListener("click", async () => {
    failed.textContent = "";
    try {
      const answer = isNew
        ? await webauthnJSON.create(options.creation_options)
        : await webauthnJSON.get(options.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.textContent = form.dataset.failed;
      button.focus();
    }
  });
}
