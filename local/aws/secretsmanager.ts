import type { Secret, Secrets, SecretVersion } from '../secrets.ts';
import { text, texts, type Properties } from '../properties.ts';
import { AwsError, jsonService, type AwsService } from './service.ts';

const stages = ['AWSCURRENT', 'AWSPREVIOUS'];

export function secretsManagerService(secrets: Secrets): AwsService {
  const secretIn = (input: Properties): Secret => {
    const found = secrets.find(text(input, 'SecretId') ?? '');
    if (!found) throw notFound("Secrets Manager can't find the specified secret.");
    return found;
  };

  const valueIn = (secret: Secret, input: Properties): SecretVersion => {
    const id = text(input, 'VersionId');
    const stage = text(input, 'VersionStage') ?? (id === undefined ? 'AWSCURRENT' : undefined);
    const found = secret.versions.find(
      (version, place) =>
        (id === undefined || version.id === id) && (stage === undefined || stages[place] === stage),
    );
    if (found) return found;
    const asked = stage === undefined ? `VersionId: ${id}` : `staging label: ${stage}`;
    throw notFound(`Secrets Manager can't find the specified secret value for ${asked}`);
  };

  return jsonService({
    name: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    operations: {
      GetSecretValue: (input) => {
        const secret = secretIn(input);
        const version = valueIn(secret, input);
        return {
          ...about(secret, version),
          SecretString: version.value,
          CreatedDate: version.createdAt / 1000,
        };
      },
      PutSecretValue: async (input) => {
        const secret = secretIn(input);
        const value = text(input, 'SecretString');
        const given = texts(input, 'VersionStages');
        if (value === undefined || (given.length > 0 && given.join() !== 'AWSCURRENT')) {
          throw new AwsError(
            'InvalidParameterException',
            'This machine keeps a SecretString, as AWSCURRENT only.',
          );
        }
        const token = text(input, 'ClientRequestToken');
        const known = secret.versions.find(({ id }) => id === token);
        if (known && known.value !== value) {
          throw new AwsError(
            'ResourceExistsException',
            `You can't change the value of the version ${known.id}.`,
          );
        }
        const version = known ?? (await secrets.put(secret, value, token));
        return about(secrets.find(secret.arn) ?? secret, version);
      },
      DescribeSecret: (input) => {
        const { arn, name, versions } = secretIn(input);
        return {
          ARN: arn,
          Name: name,
          VersionIdsToStages: Object.fromEntries(versions.map(({ id }, place) => [id, [stages[place]]])),
        };
      },
    },
  });
}

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);

const about = ({ arn, name, versions }: Secret, { id }: SecretVersion) => ({
  ARN: arn,
  Name: name,
  VersionId: id,
  VersionStages: [stages[versions.findIndex((version) => version.id === id)]],
});
