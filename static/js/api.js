// The list of the read API's addresses, drawn by Swagger UI from the description that this host gives. Nothing is asked of any other host.
const list = document.getElementById("api-list");
SwaggerUIBundle({
  url: list.dataset.schema,
  dom_id: "#api-list",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null, // it would send the description to swagger.io
  deepLinking: false,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
});
