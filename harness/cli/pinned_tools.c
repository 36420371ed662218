#include "pinned_tools.h"

#include "base/mem.h"

#include <stdlib.h>
#include <unistd.h>

#define FOLDER ".toolchains/bin"

void pinned_tools_use(void)
{
    char *folder = realpath(FOLDER, NULL);
    const char *path = getenv("PATH");

    if (folder != NULL) {
        char *whole = path != NULL ? mem_format("%s:%s", folder, path) : mem_string(folder);
        setenv("PATH", whole, 1);
        free(whole);
    }
    free(folder);
}
