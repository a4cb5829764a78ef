import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { OrdersDashboard } from './dashboard.ts';
import type { Monitored } from './monitored.ts';
import type { Stage } from './stages.ts';

export class Monitoring extends Construct {
  readonly dashboard: OrdersDashboard;

  constructor(scope: Construct, id: string, stage: Stage, monitored: Monitored) {
    super(scope, id);
    this.dashboard = new OrdersDashboard(this, 'Dashboard', monitored);
    if (stage.alarms) new Alarms(this, 'Alarms', stage, monitored);
  }
}
