"""The program: ``choreai-live`` or ``python -m choreai_live``."""

import sys

from choreai_live.allocator import share_one_heap
from choreai_live.errors import ChoreaiError


def main() -> None:
    """Run the command line; whatever a user can mend ends in one sentence."""
    share_one_heap()
    from choreai_live.cli import app

    try:
        app()
    except ChoreaiError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
