/** Published test vectors of Twilio's SDKs (twilio-node, twilio-python, twilio-go; MIT): what Twilio signs and what comes out. */
export interface SignatureVector {
  name: string;
  authToken: string;
  urlSeenByApp: string;
  urlSignedByTwilio?: string;
  params?: Record<string, string | string[]>;
  rawBody?: string;
  signature: string;
  valid: boolean;
}

export const SIGNATURE_VECTORS: readonly SignatureVector[] = [
  {
    name: 'node+python basic',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    valid: true,
  },
  {
    name: 'http :1234 signed with port',
    authToken: '12345',
    urlSeenByApp: 'http://mycompany.com:1234/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'http://mycompany.com:1234/myapp.php?foo=1&bar=2',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
    valid: true,
  },
  {
    name: 'http signed with :80',
    authToken: '12345',
    urlSeenByApp: 'http://mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'http://mycompany.com:80/myapp.php?foo=1&bar=2',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: '0ZXoZLH/DfblKGATFgpif+LLRf4=',
    valid: true,
  },
  {
    name: 'user only',
    authToken: '12345',
    urlSeenByApp: 'https://user@mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://user@mycompany.com/myapp.php?foo=1&bar=2',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: '2YRLlVAflCqxaNicjMpJcSTgzSs=',
    valid: true,
  },
  {
    name: 'user:pass signed with :443',
    authToken: '12345',
    urlSeenByApp: 'https://user:pass@mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: 'ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=',
    valid: true,
  },
  {
    name: 'array',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: { 'MessagingBinding.Address': ['+1325xxxxxxx', '+1415xxxxxxx'] },
    signature: '83O6e2vORAoJHUNzJjDWN1jz+BA=',
    valid: true,
  },
  {
    name: 'array reversed order',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: { 'MessagingBinding.Address': ['+1415xxxxxxx', '+1325xxxxxxx'] },
    signature: '83O6e2vORAoJHUNzJjDWN1jz+BA=',
    valid: true,
  },
  {
    name: 'go: Reason before ReasonConferenceEnded',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    urlSignedByTwilio: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
      ReasonConferenceEnded: 'test',
      Reason: 'Participant',
    },
    signature: 'vOEb5UThFn24KEfnOFLQY2AE5FY=',
    valid: true,
  },
  {
    name: 'json body',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    rawBody: '{"property": "value", "boolean": true}',
    signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
    valid: true,
  },
  {
    name: 'json only sha param',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    rawBody: '{"property": "value", "boolean": true}',
    signature: 'y77kIzt2vzLz71DgmJGsen2scGs=',
    valid: true,
  },
  {
    name: 'neg: extra query param',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2&x=1',
    params: { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' },
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    valid: false,
  },
  {
    name: 'neg: tampered json body',
    authToken: '12345',
    urlSeenByApp: 'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    rawBody: '{"property": "value", "boolean": true} ',
    signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
    valid: false,
  },
];
