import { ApiProperty } from '@nestjs/swagger';

export class SnippetDto {
  @ApiProperty({
    description: 'Always the newest; browsers keep it for an hour.',
    example: 'https://links.example.com/millrace.js',
  })
  url!: string;

  @ApiProperty({
    description: 'This version for ever, as long as this server has it.',
    example: 'https://links.example.com/millrace.8f0c2b6d1e4a7f93.js',
  })
  versionedUrl!: string;

  @ApiProperty({
    description: 'Of this version, for `integrity`.',
    example: 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC',
  })
  integrity!: string;

  @ApiProperty({ description: 'To be pasted into the head of pages.', example: '<script>…</script>' })
  loader!: string;

  @ApiProperty({ description: 'The same, but with this version only.', example: '<script>…</script>' })
  pinnedLoader!: string;

  @ApiProperty({
    description: 'For pages whose policy forbids scripts within the page.',
    example:
      '<script async crossorigin="anonymous" src="https://links.example.com/millrace.js" data-write-key="YOUR_WRITE_KEY"></script>',
  })
  tag!: string;
}
