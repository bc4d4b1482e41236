import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';

import type { Model, mongo } from 'mongoose';
import { plainCollection } from '#platform';
import { auditKeyModel, type AuditKey } from './audits/audit-key.schema.ts';
import { auditModel, type Audit } from './audits/audit.schema.ts';
import { auditRuleModel } from './audits/rules/audit-rule.schema.ts';
import type { StoredAuditRule } from './audits/rules/audit-rule.ts';
import { mappedTraitModel, type MappedTrait } from './data-map/mapped-trait.schema.ts';
import { dataMapScanModel, type DataMapScan } from './data-map/scan.schema.ts';
import { qualityScheduleModel, type QualitySchedule } from './schedules/quality-schedule.schema.ts';

type Collection<T extends object> = mongo.Collection<T>;

/** The collections of this lib as the driver has them: plain objects, no document instances. */
@Injectable()
export class QualityCollections {
  readonly scans: Collection<DataMapScan>;
  readonly mappedTraits: Collection<MappedTrait>;
  readonly audits: Collection<Audit>;
  readonly auditKeys: Collection<AuditKey>;
  readonly auditRules: Collection<StoredAuditRule>;
  readonly schedules: Collection<QualitySchedule>;

  constructor(
    @InjectModel(dataMapScanModel) scans: Model<DataMapScan>,
    @InjectModel(mappedTraitModel) mappedTraits: Model<MappedTrait>,
    @InjectModel(auditModel) audits: Model<Audit>,
    @InjectModel(auditKeyModel) auditKeys: Model<AuditKey>,
    @InjectModel(auditRuleModel) auditRules: Model<StoredAuditRule>,
    @InjectModel(qualityScheduleModel) schedules: Model<QualitySchedule>,
  ) {
    this.scans = plainCollection<DataMapScan>(scans);
    this.mappedTraits = plainCollection<MappedTrait>(mappedTraits);
    this.audits = plainCollection<Audit>(audits);
    this.auditKeys = plainCollection<AuditKey>(auditKeys);
    this.auditRules = plainCollection<StoredAuditRule>(auditRules);
    this.schedules = plainCollection<QualitySchedule>(schedules);
  }
}
