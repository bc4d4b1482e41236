import {
  ArrayMinSize,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';
import { isAddressRange } from './is-address-range.ts';
import { isMasterKeyText } from './is-master-key.ts';
import { isWebAddress } from './is-web-address.ts';
import { defaultValues } from './parse-setting.ts';

export type ProcessKind = 'api' | 'collector' | 'worker';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** How this process runs. What each one means, its key and its default: the tables in *-settings.ts and docs/settings.md. */
export class Settings {
  @IsOptional()
  @Matches(/^mongodb(\+srv)?:\/\//, { message: 'must start with mongodb:// or mongodb+srv://' })
  mongodbUri?: string;

  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must start with redis:// or rediss://' })
  redisUrl?: string;

  @IsString() @Matches(/^\S+$/, { message: 'must not be empty or have spaces' }) redisPrefix!: string;

  @IsBoolean() production!: boolean;
  @IsString() @Matches(/^\S+$/, { message: 'must be a host name or an address' }) host!: string;
  @IsInt() @Min(0) @Max(65_535) port!: number;

  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'must be a URL with http:// or https://' },
  )
  publicUrl!: string;

  @IsOptional() @isWebAddress() trackingUrl?: string;

  @IsOptional() @IsString() tlsCert?: string;
  @IsOptional() @IsString() tlsKey?: string;
  @IsBoolean() allowPlainHttp!: boolean;
  @isAddressRange({ each: true }) trustedProxies!: string[];

  @ArrayMinSize(1, { message: 'must name at least one of api, collector, worker' })
  @IsIn(['api', 'collector', 'worker'], { each: true, message: 'must be among api, collector, worker' })
  processes!: ProcessKind[];

  @IsInt() @Min(1) @Max(64) concurrency!: number;
  @IsInt() @Min(2) @Max(3_600) lease!: number;
  @IsInt() @Min(5) @Max(86_400) stallTimeout!: number;

  @IsOptional()
  @Matches(/^[\w.:-]{1,200}$/, { message: 'must be letters, digits, _, ., : and -' })
  workerName?: string;

  @IsInt() @Min(1) @Max(1_000) subscriptions!: number;
  @IsInt() @Min(1) @Max(86_400) streamRunSeconds!: number;
  @IsInt() @Min(1) @Max(100_000_000) streamRunRows!: number;
  @IsInt() @Min(1) @Max(3_650) inboxDays!: number;
  @IsString() dataDir!: string;
  @IsOptional() @isMasterKeyText() masterKey?: string;
  @isMasterKeyText({ each: true }) oldMasterKeys!: string[];
  @IsOptional() @MinLength(24, { message: 'must have at least 24 characters' }) adminKey?: string;

  @IsOptional() @MinLength(8, { message: 'must have at least 8 characters' }) templateHmacSecret?: string;

  /** Absolute paths. */
  @IsString({ each: true }) fileRoots!: string[];
  @IsString({ each: true }) plugins!: string[];
  @IsBoolean() allowPrivateAddresses!: boolean;
  @IsInt() @Min(0) @Max(1_000) landingVersions!: number;
  @IsInt() @Min(1) @Max(36_500) landingHistoryDays!: number;
  @IsInt() @Min(1) @Max(36_500) profileHistoryDays!: number;

  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s/]+\/?$/, { message: 'must look like smtps://user:password@mail.example.com:465' })
  smtpUrl?: string;

  @IsOptional() @IsEmail({}, { message: 'must be an e-mail address' }) mailFrom?: string;

  @Matches(/^(@|[^\s@]+@)[^\s@]+\.[^\s@]+$/, {
    each: true,
    message: 'must be addresses and domains: ann@example.com, @example.com',
  })
  testRecipients!: string[];

  @IsIn(['debug', 'info', 'warn', 'error', 'silent'], { message: 'must be debug, info, warn, error or silent' })
  logLevel!: LogLevel;

  @IsIn(['json', 'pretty'], { message: 'must be json or pretty' }) logFormat!: 'json' | 'pretty';

  @IsInt() @Min(1) @Max(3_650) keepRunDetailsDays!: number;
  @IsInt() @Min(1) @Max(36_500) keepRunsDays!: number;
  @IsInt() @Min(1) @Max(365) privacyDeadlineDays!: number;

  @IsOptional() @MinLength(16, { message: 'must have at least 16 characters' }) metricsToken?: string;
  @IsOptional() @IsInt() @Min(0) @Max(65_535) metricsPort?: number;

  @IsOptional() @isWebAddress() otlpEndpoint?: string;

  @IsOptional()
  @Matches(/^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$/, { message: 'must look like name=value,other=value' })
  otlpHeaders?: string;

  @IsString() serviceName!: string;
  @IsOptional() @isWebAddress() openLineageUrl?: string;
  @IsOptional() @IsString() openLineageApiKey?: string;
  @IsString() openLineageNamespace!: string;

  /** What is odd but not wrong, such as an unknown MILLRACE_ variable. */
  warnings: string[] = [];

  /** The defaults of the settings table, then what is given. */
  constructor(values: Partial<Settings> = {}) {
    Object.assign(this, defaultValues(values.production ?? false), values);
    this.publicUrl ??= publicUrlOf(this);
  }
}

function publicUrlOf({ host, port, tlsCert }: Settings): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  // Port 0 is not known before the server listens, and what is no port is a fault of its own.
  const suffix = Number.isInteger(port) && port > 0 && port < 65_536 ? `:${port}` : '';
  return `${tlsCert ? 'https' : 'http'}://${name}${suffix}`;
}
