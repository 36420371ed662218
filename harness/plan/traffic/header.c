#include "plan/traffic/header.h"

#include "base/mem.h"
#include "plan/traffic/pattern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_token(const char *name)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");
    return good > 0 && name[good] == '\0';
}

static int check_name(const char *name, const struct json_at *at, struct error *err)
{
    static const char *const own[] = {"Host", "Content-Length", "Connection", "Transfer-Encoding", NULL};

    if (!is_token(name)) {
        return json_reject(at, err, "a header's name holds only letters, digits and - _ . ! # $ %% & ' * + ^ ` | ~");
    }
    for (size_t i = 0; own[i] != NULL; i++) {
        if (strcasecmp(name, own[i]) == 0) {
            return json_reject(at, err, "the generator sets this header itself; remove it here");
        }
    }
    return 0;
}

/* Headers hold no places, but their braces follow the same rule, so that a place there cannot be sent unfilled. */
int header_read(struct header *header, const struct json_at *at, const char *name, struct error *err)
{
    const struct value_set none = {0};
    struct pattern pattern = {0};
    const char *text;

    if (check_name(name, at, err) != 0 || json_read_line(at, &text, err) != 0) {
        return -1;
    }
    if (pattern_read_text(&pattern, at, &none, ENCODING_RAW, NULL) != 0) {
        return json_reject(at, err, "headers hold no places; for braces themselves write \"{{\" and \"}}\"");
    }
    header->name = mem_string(name);
    header->value = mem_string(pattern.pieces[0].literal);
    pattern_release(&pattern);
    return 0;
}

void header_release(struct header *header)
{
    free(header->name);
    free(header->value);
    *header = (struct header){0};
}
