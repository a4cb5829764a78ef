import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { SCOPES, USER_POOL } from '../src/adapters/names.ts';
import { acknowledge } from './acknowledge.ts';
import { type CodeOf, OrdersFunction } from './orders-function.ts';
import type { Stage } from './stages.ts';

export interface OrdersUserPoolProps {
  stage: Stage;
  code: CodeOf;
}

/** An issuer of tokens as the API wants them, for who has none: only its administrators make users. */
export class OrdersUserPool extends Construct {
  readonly issuer: string;
  readonly audience: string;
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly tokenClaims: OrdersFunction;

  constructor(scope: Construct, id: string, { stage, code }: OrdersUserPoolProps) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: 'orders',
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
      },
      customAttributes: { [USER_POOL.customerId]: new StringAttribute({ maxLen: 64, mutable: true }) },
      mfa: stage.protectData ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // Claims and scopes of access tokens need more than the plan without a price.
      featurePlan: stage.protectData ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(stage.protectData && { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }),
      deletionProtection: stage.protectData,
      removalPolicy: stage.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!stage.protectData) {
      const made = 'Users of this stage are made up, and sign in from scripts.';
      acknowledge(this.pool, { 'AwsSolutions-COG2': made, 'AwsSolutions-COG8': made });
    }
    for (const groupName of Object.values(USER_POOL.groups)) {
      new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: this.pool.userPoolId, groupName });
    }
    this.client = this.clientOf(stage);
    this.tokenClaims = new OrdersFunction(this, 'TokenClaims', {
      stage,
      code,
      name: 'orders-token-claims',
      description: 'Says in tokens what their users may do',
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
      memorySize: 256,
      environment: {},
      permissions: [],
      failures: 'Cognito tells the user that he could not sign in.',
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, this.tokenClaims, LambdaVersion.V2_0);
    this.issuer = this.pool.userPoolProviderUrl;
    this.audience = this.client.userPoolClientId;
  }

  private clientOf({ callbackUrls }: Stage): UserPoolClient {
    const scopes = Object.entries(SCOPES).map(([name, scope]) => ({
      named: new ResourceServerScope({ scopeName: name, scopeDescription: scope }),
    }));
    const server = this.pool.addResourceServer('Scopes', {
      identifier: 'orders',
      scopes: scopes.map(({ named }) => named),
    });
    const signsIn = callbackUrls.length > 0;
    if (signsIn) {
      this.pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `orders-${Aws.ACCOUNT_ID}` } });
    }
    return this.pool.addClient('Client', {
      userPoolClientName: 'orders',
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: !signsIn,
      ...(signsIn && {
        oAuth: {
          flows: { authorizationCodeGrant: true },
          scopes: scopes.map(({ named }) => OAuthScope.resourceServer(server, named)),
          callbackUrls: [...callbackUrls],
        },
      }),
      accessTokenValidity: Duration.hours(1),
      preventUserExistenceErrors: true,
      // Whose orders he may see is for administrators to say, not for the user.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
  }
}
