#include "import/value_name.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_taken(const char *name)
{
    return strcmp(name, "rate") == 0 || strcmp(name, "connections") == 0 || strcmp(name, "open_connections") == 0 ||
           strcmp(name, "slow_connections") == 0 || strcmp(name, "sessions") == 0 || strcmp(name, "subscribers") == 0;
}

char *value_name_of(const char *text, size_t length)
{
    struct text name = {0};

    for (size_t i = 0; i < length && name.length < VALUE_NAME_MOST; i++) {
        unsigned char c = (unsigned char)text[i];
        char letter = (char)(isalnum(c) && c < 0x80 ? tolower(c) : '_');
        if (name.length == 0 && isdigit((unsigned char)letter)) {
            text_add(&name, "v");
        } else if (i > 0 && isupper(c) && islower((unsigned char)text[i - 1])) {
            text_add(&name, "_");
        }
        text_append(&name, &letter, 1);
    }
    if (name.length == 0) {
        text_add(&name, "value");
    }
    if (is_taken(name.data)) {
        text_add(&name, "_value");
    }
    return text_take(&name);
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);

    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

/* "categories" is one category, "addresses" one address, "users" one user; "status" and "news" stay. */
static void make_singular(char *name)
{
    size_t length = strlen(name);

    if (ends_with(name, "ies")) {
        memcpy(name + length - 3, "y", 2);
    } else if (ends_with(name, "sses") || ends_with(name, "xes") || ends_with(name, "ches") ||
               ends_with(name, "shes")) {
        name[length - 2] = '\0';
    } else if (ends_with(name, "s") && !ends_with(name, "ss") && !ends_with(name, "us") && !ends_with(name, "is") &&
               !ends_with(name, "ws")) {
        name[length - 1] = '\0';
    }
}

char *value_name_of_id(const char *part, size_t length)
{
    if (part == NULL || length == 0) {
        return mem_string("id");
    }
    char *name = value_name_of(part, length);
    make_singular(name);
    char *id = mem_format("%s_id", name);
    free(name);
    return id;
}

char *value_name_in_environment(const char *name)
{
    char *upper = mem_string(name);

    for (char *c = upper; *c != '\0'; c++) {
        *c = (char)toupper((unsigned char)*c);
    }
    return upper;
}
