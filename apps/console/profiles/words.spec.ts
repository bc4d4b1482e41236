import { describe, expect, it } from '@jest/globals';
import { isProfileId, lineText, nameOf, orderText, permissionText, valueText } from './words.ts';

describe('words about people', () => {
  it('call somebody by name, else by what others know them by', () => {
    const identities = [
      { kind: 'user', value: '17', key: 'user:17' },
      { kind: 'email', value: 'ann@example.com', key: 'email:ann@example.com' },
    ];
    expect(nameOf({ id: 'p_1', name: 'Ann', identities })).toBe('Ann');
    expect(nameOf({ id: 'p_1', identities })).toBe('ann@example.com');
    expect(nameOf({ id: 'p_1', identities: identities.slice(0, 1) })).toBe('17');
    expect(nameOf({ id: 'p_1', identities: [] })).toBe('p_1');
  });

  it('know an id of a profile', () => {
    expect(isProfileId('p_01JD3V7Q2M8Z5T9W4R6X1Y0KBC')).toBe(true);
    expect(isProfileId('p_ann')).toBe(false);
  });

  it('write texts as they are, and anything else as JSON', () => {
    expect(['Oslo', 130, true, ['a'], null].map(valueText)).toEqual(['Oslo', '130', 'true', '["a"]', 'null']);
  });

  it('tell orders and their lines with what is known of them', () => {
    const order = { id: 'A-1', connection: 'con_1', lines: [] };
    expect(orderText({ ...order, total: 41.4, currency: 'EUR', status: 'shipped' })).toBe(
      'Order A-1 · 41.40 EUR · shipped',
    );
    expect(orderText(order)).toBe('Order A-1');
    expect(lineText({ id: '1', quantity: 2, name: 'Tea, 100 g' })).toBe('2 × Tea, 100 g');
    expect(lineText({ id: '1', product: 'SKU-7' })).toBe('SKU-7');
    expect(lineText({ id: '1' })).toBe('1');
  });

  it('tell why somebody may be sent something, or not', () => {
    const asked = { channel: 'email', purpose: 'news', allowed: false };
    const choice = { at: '2025-03-01T09:00:00.000Z', source: 'bounce', identity: 'email:ann@example.com' };
    const asItIs = (key: string) => key;
    expect(permissionText({ ...asked, ...choice, reason: 'denied' }, asItIs)).toBe(
      'refused on 2025-03-01 (bounce): email:ann@example.com',
    );
    expect(permissionText({ ...asked, reason: 'granted' }, asItIs)).toBe('agreed');
    expect(permissionText({ ...asked, reason: 'no_consent' }, asItIs)).toBe('needs consent, and none is known');
    expect(permissionText({ ...asked, identity: 'con_1:7', reason: 'restricted' }, () => 'The cards:7')).toBe(
      'asked not to be processed: The cards:7',
    );
  });
});
