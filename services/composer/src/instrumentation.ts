import { instrument } from '@beatbot/service-kit/instrumentation';

instrument('composer');
