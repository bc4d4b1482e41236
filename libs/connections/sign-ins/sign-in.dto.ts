import { ApiProperty } from '@nestjs/swagger';
import type { SignInLink } from './sign-ins.ts';

export class SignInLinkDto implements SignInLink {
  @ApiProperty({
    description: 'The vendor’s page. Whoever opens it and agrees lets the connection act for him.',
    example: 'https://login.example.com/oauth/authorize?response_type=code&client_id=…',
  })
  url!: string;

  @ApiProperty({
    description: 'Where that page leads back to: the vendor wants to know it beforehand, for the client.',
    example: 'https://millrace.example.com/oauth/callback',
  })
  redirectUri!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-03-01T09:10:00.000Z' })
  expiresAt!: Date;
}
