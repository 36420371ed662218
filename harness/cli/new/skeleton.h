/* skeleton: a minimal service that works, to begin one's own with: its files, which lie in cli/new/skeleton/ and become
 * a part of the program while it is built. */
#ifndef TWOFOLD_CLI_NEW_SKELETON_H
#define TWOFOLD_CLI_NEW_SKELETON_H

#include "base/error.h"

struct skeleton_file {
    const char *name;
    const char *text;
};

/* A row without a name ends it. */
extern const struct skeleton_file skeleton_files[];

/* Makes the folder, which must not be there, with all the files in it. ERROR_INPUT where it is there, or where it lies
 * in no folder. What could not be written whole is not left behind. */
int skeleton_write(const char *folder, struct error *err);

#endif
