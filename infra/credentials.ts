/** Stands in for @aws-sdk/credential-provider-node in the bundles: Lambda always hands credentials over in these. */
const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing from the environment`);
  return value;
};

export const defaultProvider = () => () =>
  Promise.resolve().then(() => ({
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env['AWS_SESSION_TOKEN'],
  }));
