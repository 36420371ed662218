#include "bench/service/owning/patch_size.h"

#include "base/file.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is left of a hunk, as its head says. */
struct hunk {
    unsigned long old_lines, new_lines;
};

/* "@@ -7,3 +7,9 @@": where a count is missing it is 1. */
static bool read_head(const char *line, struct hunk *hunk)
{
    unsigned long at;
    const char *plus = strchr(line, '+');

    if (strncmp(line, "@@ -", 4) != 0 || plus == NULL) {
        return false;
    }
    if (sscanf(line + 4, "%lu,%lu", &at, &hunk->old_lines) < 2) {
        hunk->old_lines = 1;
    }
    if (sscanf(plus + 1, "%lu,%lu", &at, &hunk->new_lines) < 2) {
        hunk->new_lines = 1;
    }
    return true;
}

static void take_line(const char *line, struct hunk *hunk, struct patch_size *size)
{
    bool old = line[0] != '+', new = line[0] != '-';

    if (line[0] == '\\') {
        return; /* "No newline at end of file" */
    }
    hunk->old_lines -= old && hunk->old_lines > 0;
    hunk->new_lines -= new && hunk->new_lines > 0;
    size->lines += old != new;
}

int patch_size_read(const char *path, struct patch_size *ret_size, struct error *err)
{
    struct text text = {0};
    struct patch_size size = {0};
    struct hunk hunk = {0};

    if (file_read(path, &text, err) != 0) {
        return -1;
    }
    text_append(&text, "", 0);
    for (char *rest = NULL, *line = strtok_r(text.data, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (hunk.old_lines > 0 || hunk.new_lines > 0) {
            take_line(line, &hunk, &size);
        } else if (strncmp(line, "+++ ", 4) == 0) {
            size.files++;
        } else {
            read_head(line, &hunk);
        }
    }
    text_release(&text);
    if (size.lines == 0 || size.files == 0) {
        return error_input(err, "%s: expected a patch as `git diff` writes it, found one that changes nothing", path);
    }
    if (hunk.old_lines > 0 || hunk.new_lines > 0) {
        return error_input(err, "%s: the patch is cut short", path);
    }
    *ret_size = size;
    return 0;
}
