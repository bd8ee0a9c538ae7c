import twilio from 'twilio';
import type { FormParameters } from '../../simulator/signature.ts';
import { isSignedBy, signRequest, withBodyHash } from '../../simulator/signature.ts';
import type { SignatureVector } from './signature-vectors.ts';
import { SIGNATURE_VECTORS } from './signature-vectors.ts';

const urlOf = ({ urlSignedByTwilio, urlSeenByApp }: SignatureVector) => urlSignedByTwilio ?? urlSeenByApp;
const form = (params: SignatureVector['params'] = {}): FormParameters =>
  new Map(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));

describe("the simulator signs as Twilio's published vectors say", () => {
  it.each(SIGNATURE_VECTORS.filter(({ rawBody }) => rawBody === undefined))('form: $name', (vector) => {
    expect(isSignedBy(vector.authToken, urlOf(vector), form(vector.params), vector.signature)).toBe(vector.valid);
  });

  it.each(SIGNATURE_VECTORS.filter(({ rawBody }) => rawBody !== undefined))('JSON: $name', (vector) => {
    const bareUrl = vector.urlSeenByApp.replace(/[?&]bodySHA256=[0-9a-f]+$/, '');
    const signedUrl = withBodyHash(bareUrl, vector.rawBody ?? '');
    expect(signedUrl === vector.urlSeenByApp && signRequest(vector.authToken, signedUrl) === vector.signature).toBe(vector.valid);
  });

  it("agrees with Twilio's SDK about accents, emoji, empty and repeated values", () => {
    const params = { Body: 'Café 👍 “ja” & meer', Empty: '', a: '1', B: '2', List: ['b', 'a', 'b'] };
    const signature = signRequest('token', 'https://garage.example/sms?x=%20y&z=é', form(params));
    expect(twilio.validateRequest('token', signature, 'https://garage.example/sms?x=%20y&z=é', params)).toBe(true);
  });

  it('leaves the connection overrides after the # out of what is signed', () => {
    expect(signRequest('token', 'https://garage.example/sms#rc=3&rp=all')).toBe(signRequest('token', 'https://garage.example/sms'));
  });
});
