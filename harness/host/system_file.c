#include "host/system_file.h"

#include "base/file.h"
#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char *system_file_text(const char *root, const char *path)
{
    struct text text = {0};
    char *full = mem_format("%s%s", root, path);
    int failed = file_read(full, &text, NULL);

    free(full);
    if (failed != 0) {
        text_release(&text);
        return NULL;
    }
    return text_take(&text);
}

static bool is_blank(char c)
{
    return isspace((unsigned char)c) != 0;
}

/* The bytes from `start` to `end` without blanks around them; NULL when nothing is left. */
static char *trimmed(const char *start, const char *end)
{
    while (start < end && is_blank(*start)) {
        start++;
    }
    while (start < end && is_blank(end[-1])) {
        end--;
    }
    if (start >= end) {
        return NULL;
    }
    return mem_copy(start, (size_t)(end - start));
}

char *system_file_line(const char *root, const char *path)
{
    char *text = system_file_text(root, path);
    char *line = NULL;

    if (text != NULL) {
        line = trimmed(text, text + strcspn(text, "\n"));
        free(text);
    }
    return line;
}

bool system_file_number(const char *root, const char *path, uint64_t *ret_number)
{
    char *line = system_file_line(root, path);
    bool found = line != NULL && isdigit((unsigned char)line[0]);

    if (found) {
        *ret_number = strtoull(line, NULL, 10);
    }
    free(line);
    return found;
}

static const char *after_key(const char *line, const char *key, char separator)
{
    size_t length = strlen(key);

    if (strncmp(line, key, length) != 0) {
        return NULL;
    }
    line += length;
    line += strspn(line, " \t");
    return *line == separator ? line + 1 : NULL;
}

/* The text without the quotes around it; NULL when nothing is left. */
static char *unquoted(const char *start, const char *end)
{
    char *value = trimmed(start, end);

    if (value == NULL) {
        return NULL;
    }
    size_t length = strlen(value);
    if (length < 2 || (value[0] != '"' && value[0] != '\'') || value[length - 1] != value[0]) {
        return value;
    }
    char *inside = trimmed(value + 1, value + length - 1);
    free(value);
    return inside;
}

char *system_file_value(const char *text, const char *key, char separator)
{
    for (const char *line = text; *line != '\0';) {
        const char *end = line + strcspn(line, "\n");
        const char *value = after_key(line, key, separator);
        if (value != NULL && value <= end) {
            return unquoted(value, end);
        }
        line = end;
        if (*line == '\n') {
            line++;
        }
    }
    return NULL;
}
