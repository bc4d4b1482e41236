/** Renders the jobs of its argument with Django's templates; prints what came out as JSON. */
export const djangoProgram = `
import json, sys
import django
from django import template
from django.conf import settings
settings.configure(USE_TZ=True, USE_I18N=False)
django.setup()
from django.template import Context, Engine

library = template.Library()

@library.filter
def lookup(value, name):
    found = value.get(name)
    return '' if found is None else found

@library.simple_tag
def unsubscribe_link():
    return 'https://vendor.example/unsubscribe'

engine = Engine()
engine.template_builtins.append(library)
print(json.dumps([engine.from_string(job['source']).render(Context(job['data'])) for job in json.loads(sys.argv[1])]))
`;
