"""Checks exports in Akoma Ntoso against the schema of the standard, and what the schema does not check.

usage: akn-valid.py SCHEMA.xsd FILE...

The schema is not part of the project. It is akomantoso30.xsd of the OASIS Standard of 29 August 2018, with xml.xsd beside
it: https://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/

Needs lxml: `python3 -m venv .venv && .venv/bin/pip install lxml && .venv/bin/python .ci/akn-valid.py ...`, or the package
python3-lxml of a Linux distribution.

Beside validity: every eId stands once in a file, and every reference to a name in the file (`#...`) finds it. Ends with 1
where a file fails, and with 2 where the check can't be made.
"""

import sys

try:
    from lxml import etree
except ImportError:
    sys.stderr.write("lxml is missing: python3 -m venv .venv && .venv/bin/pip install lxml\n")
    sys.exit(2)

# Attributes that name another element of the file, or a list of them.
REFERENCES = ("href", "source", "refersTo", "by", "dictionary")


def read(path):
    # A file under check is not to be trusted: no entities, nothing from the network.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.parse(path, parser)


def faults(schema, path):
    """What is wrong with a file, in words."""
    try:
        document = read(path)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    found = []
    if not schema.validate(document):
        found += [f"line {error.line}: {error.message}" for error in schema.error_log]
    names = set()
    for element in document.iter(etree.Element):
        name = element.get("eId")
        if name is not None and name in names:
            found.append(f"line {element.sourceline}: the eId {name} stands twice")
        names.add(name)
    for element in document.iter(etree.Element):
        for attribute in REFERENCES:
            for target in (element.get(attribute) or "").split():
                if target.startswith("#") and target[1:] not in names:
                    found.append(f"line {element.sourceline}: {attribute} refers to {target}, which is not in the file")
    return found


def main(arguments):
    if len(arguments) < 2:
        sys.stderr.write("usage: akn-valid.py SCHEMA.xsd FILE...\n")
        return 2
    try:
        schema = etree.XMLSchema(etree.parse(arguments[0]))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        sys.stderr.write(f"{arguments[0]}: {error}\n")
        return 2
    failed = 0
    for path in arguments[1:]:
        try:
            found = faults(schema, path)
        except OSError as error:
            found = [str(error)]
        failed += bool(found)
        for fault in found:
            print(f"{path}: {fault}")
    print(f"{len(arguments) - 1} files, {failed} with faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
