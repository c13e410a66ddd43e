import type { Role } from '../score/score';
import type { Style } from '../styles/style';

/** Whether a style has a role play in sections of an energy (0 to 100); a role it does not know plays in all. */
export function playsAt({ band }: Style, role: Role, energy: number): boolean {
  const lowest = band.filter((member) => member.role === role).map((member) => member.energy[0]);
  return lowest.length === 0 || energy >= Math.min(...lowest);
}
