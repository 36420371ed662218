#include "plan/traffic/header.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_token(const char *name)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");
    return good > 0 && name[good] == '\0';
}

/* What is wrong with the name; NULL: nothing is. */
static const char *fault_of_name(const char *name)
{
    static const char *const own[] = {"Host", "Content-Length", "Connection", "Transfer-Encoding", NULL};

    if (!is_token(name)) {
        return "a header's name holds only letters, digits and - _ . ! # $ % & ' * + ^ ` | ~";
    }
    for (size_t i = 0; own[i] != NULL; i++) {
        if (strcasecmp(name, own[i]) == 0) {
            return "the generator sets this header itself; remove it here";
        }
    }
    return NULL;
}

int header_read(struct header *header, const struct json_at *at, const char *name, const struct value_set *values,
                struct error *err)
{
    struct pattern pattern = {0};
    const char *fault = fault_of_name(name);
    const char *text;

    if (fault != NULL) {
        return json_reject(at, err, "%s", fault);
    }
    if (json_read_line(at, &text, err) != 0 || pattern_read_text(&pattern, at, values, ENCODING_HEADER, err) != 0) {
        return -1;
    }
    *header = (struct header){mem_string(name), pattern};
    return 0;
}

int header_parse(struct header *header, const char *line, struct error *err)
{
    size_t length = strcspn(line, ":;");
    int shown = (int)strcspn(line, " \t:;"); /* what follows may be a secret */
    const char *value = line + length;
    char *name = mem_copy(line, length);
    const char *fault = fault_of_name(name);

    if (*value != '\0') {
        value += 1 + strspn(value + 1, " \t");
    }
    size_t value_length = strlen(value);
    while (value_length > 0 && strchr(" \t", value[value_length - 1]) != NULL) {
        value_length--;
    }
    if (line[length] == '\0' || (line[length] == ';') != (*value == '\0')) {
        error_input(err, "header \"%.*s\": expected \"NAME: VALUE\", or \"NAME;\" for an empty value", shown, line);
    } else if (fault != NULL) {
        error_input(err, "header \"%.*s\": %s", shown, line, fault);
    } else if (!value_fits_header(value, value_length)) {
        error_input(err, "header \"%.*s\": its value holds a control character, which no header can hold", shown, line);
    } else {
        char *text = mem_copy(value, value_length);
        header_init(header, name, text);
        free(text);
        free(name);
        return 0;
    }
    free(name);
    return -1;
}

void header_init(struct header *header, const char *name, const char *value)
{
    *header = (struct header){.name = mem_string(name)};
    pattern_init_literal(&header->value, value);
}

void header_release(struct header *header)
{
    free(header->name);
    pattern_release(&header->value);
    *header = (struct header){0};
}
