/* global document, fetch, location, SwaggerUIBundle, URL */

/** Swagger UI fills in the first example of every parameter; of those that may be left out, only what goes with one request. */
const oneRequest = (spec) => {
  for (const { parameters = [] } of Object.values(spec.paths).flatMap(Object.values)) {
    const [name] = parameters.flatMap(({ examples = {} }) => Object.keys(examples));
    for (const parameter of parameters) {
      if (parameter.required || !parameter.examples) continue;
      const example = parameter.examples[name];
      if (example) parameter.examples = { [name]: example };
      else delete parameter.examples;
    }
  }
  return spec;
};

const ui = SwaggerUIBundle({
  url: new URL('openapi.json', location.href).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Else it would send the document to a validator on the web.
  validatorUrl: null,
  plugins: [
    () => ({
      statePlugins: {
        spec: { wrapActions: { updateJsonSpec: (update) => (spec) => update(oneRequest(spec)) } },
      },
    }),
  ],
});

const local = document.querySelector('#local');
const outcome = local.querySelector('output');

const authorize = async ({ value }) => {
  const response = await fetch('/_issuer/token', { method: 'POST', body: value });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  const { access_token: token } = await response.json();
  ui.preauthorizeApiKey('jwt', token);
  return `Requests now carry a token of ${JSON.parse(value).sub}, good for 12 hours.`;
};

for (const button of local.querySelectorAll('button')) {
  button.addEventListener('click', async () => {
    try {
      outcome.value = await authorize(button);
    } catch (error) {
      outcome.value = `No token: ${error.message}.`;
    }
  });
}
local.hidden = !['127.0.0.1', 'localhost'].includes(location.hostname);
