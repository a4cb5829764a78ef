import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  service: string;
  /** Of the query protocol; the method and key for objects. */
  action: string;
  parameters: Record<string, string>;
  body: Buffer;
}

const ID = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/Orders/1';

const result = (action: string, inner = '') =>
  `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">` +
  `<${action}Result>${inner}</${action}Result></${action}Response>`;

const fault = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const encryption =
  '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256' +
  '</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>';

/**
 * As much of STS, SSM, S3 and CloudFormation as a deployment speaks to: it takes whatever it is given, and says that the
 * stack was made once its change set was carried out.
 */
export const startCloudFormation = async () => {
  const received: Received[] = [];
  const state = { status: '' };

  const stack = () =>
    `<Stacks><member><StackName>Orders</StackName><StackId>${ID}</StackId>` +
    `<CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${state.status}</StackStatus></member></Stacks>`;
  const answer = ({ service, action, parameters }: Received): string | undefined => {
    switch (`${service} ${action}`) {
      case 'sts GetCallerIdentity':
        return result(action, '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/me</Arn>');
      case 'sts AssumeRole':
        return result(
          action,
          `<Credentials><AccessKeyId>role</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>` +
            `<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
        );
      case 'ssm GetParameter':
        return JSON.stringify({ Parameter: { Name: 'version', Type: 'String', Value: '30' } });
      case 'cloudformation DescribeStacks':
        return state.status === '' || parameters['StackName'] === 'CDKToolkit'
          ? undefined
          : result(action, stack());
      case 'cloudformation CreateChangeSet':
        state.status = 'REVIEW_IN_PROGRESS';
        return result(action, `<Id>${ID}/set</Id><StackId>${ID}</StackId>`);
      case 'cloudformation DescribeChangeSet':
        return result(
          action,
          `<ChangeSetId>${ID}/set</ChangeSetId><StackId>${ID}</StackId><Status>CREATE_COMPLETE</Status>` +
            '<Changes><member><Type>Resource</Type></member></Changes>',
        );
      case 'cloudformation ExecuteChangeSet':
        state.status = 'CREATE_COMPLETE';
        return result(action);
      case 'cloudformation GetTemplate':
        return result(action, '<TemplateBody>{}</TemplateBody>');
      case 'cloudformation UpdateTerminationProtection':
        return result(action, `<StackId>${ID}</StackId>`);
      case 'cloudformation DescribeStackEvents':
        return result(action, '<StackEvents/>');
      case 'cloudformation DescribeStackResources':
        return result(action, '<StackResources/>');
      case 's3 GET':
        if ('list-type' in parameters) return '<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>';
        return 'encryption' in parameters
          ? encryption
          : '<LocationConstraint>eu-central-1</LocationConstraint>';
      case 's3 PUT':
        return '';
      default:
        return undefined;
    }
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub');
      const [, service = ''] =
        /Credential=[^/]+\/\d+\/[^/]+\/(\w+)/.exec(request.headers.authorization ?? '') ?? [];
      const form = service === 's3' ? searchParams : new URLSearchParams(body.toString());
      const target = request.headers['x-amz-target']?.toString().split('.')[1];
      const call: Received = {
        service,
        action: target ?? (service === 's3' ? (request.method ?? '') : (form.get('Action') ?? '')),
        parameters: { ...Object.fromEntries(form), ...(service === 's3' && { key: pathname }) },
        body,
      };
      received.push(call);
      const text = answer(call);
      const gone = `Stack with id ${call.parameters['StackName'] ?? call.action} does not exist`;
      response.writeHead(text === undefined ? 400 : 200, { 'content-type': 'text/xml' });
      response.end(text ?? fault('ValidationError', gone));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
