"""The verbs of ./portal, once everything is installed."""

import sys

from qadportal.devstack.places import Trouble


def main(verb: str, arguments: list[str]) -> int:
    """Run one verb; a Trouble becomes one sentence and exit code 1."""
    try:
        return _run(verb, arguments)
    except Trouble as trouble:
        print(f"portal: {trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        print("portal: interrupted.", file=sys.stderr)
    return 1


def _run(verb: str, arguments: list[str]) -> int:
    # Each verb loads what it needs: doctor must work where nothing is installed yet.
    match verb:
        case "up":
            from qadportal.devstack.up import up

            return up()
        case "manage":
            from qadportal.devstack.manage import manage

            return manage(arguments)
        case "test":
            from qadportal.devstack.check import check

            return check(arguments)
        case "bench":
            from qadportal.devstack.bench import bench

            return bench(arguments)
        case "doctor":
            from qadportal.devstack.doctor import doctor

            return doctor()
        case "backup":
            from qadportal.devstack.saving import backup

            return backup(*arguments[:1])
        case "restore":
            from qadportal.devstack.saving import restore

            return restore(*arguments[:1])
    raise Trouble(f"there is no '{verb}'.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
