/* installed: what was installed beside the program: scenarios and sample backends, in ../share/twofold from the folder
 * of the program, wherever that lies. What is in the working folder comes before it. */
#ifndef TWOFOLD_CLI_INSTALLED_INSTALLED_H
#define TWOFOLD_CLI_INSTALLED_INSTALLED_H

#include "base/error.h"

/* The folder, on the heap; NULL: the program is not installed, but runs where it was built. */
char *installed_share(void);

/* The path of "scenarios" in it, on the heap; NULL where there is none. */
char *installed_scenarios(void);

/* The folder of the sample backends, on the heap: a copy of the installed ones in the user's cache
 * ($XDG_CACHE_HOME/twofold, or ~/.cache/twofold), since building them writes into their folders. The copy is made once
 * for each build of the program. NULL without an error where none are installed, and NULL with one where they cannot be
 * copied. */
char *installed_backends(struct error *err);

#endif
