export { tokenClaims as handler } from '../cognito/token-claims.ts';
