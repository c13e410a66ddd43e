import { DomainError, Metrics } from '@beatbot/service-kit';
import { Config } from '../config';
import { RenderSlots } from './render-slots';

describe('RenderSlots', () => {
  it('refuses one more than there are, until one is given back, once', () => {
    const slots = new RenderSlots({ RENDER_SLOTS: 2 } as Config, new Metrics('test'));
    const [first] = [slots.take(), slots.take()];
    let refused: unknown;
    try {
      slots.take();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({ reason: 'RESOURCE_EXHAUSTED', metadata: { slots: '2' } });
    expect((refused as DomainError).retryAfterMs).toBeGreaterThan(0);
    first();
    first();
    slots.take();
    expect(() => slots.take()).toThrow('all 2 render slots are taken');
  });
});
