#include "record/wrong_response.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A secret that begins in what is kept ends in this. */
#define LOOKED_AT 4096

/* How much of the first `length` bytes ends with a character, where more bytes follow. */
static size_t whole_characters(const char *data, size_t length)
{
    size_t end = length;

    while (end > 0 && length - end < 3 && ((unsigned char)data[end] & 0xC0) == 0x80) {
        end--;
    }
    return ((unsigned char)data[end] & 0xC0) == 0x80 ? length : end;
}

char *wrong_response_excerpt(const char *data, size_t length)
{
    struct text kept = {0};

    if (data == NULL || length > LOOKED_AT) {
        length = data != NULL ? LOOKED_AT : 0;
    }
    char *string = mem_copy(data != NULL ? data : "", length);
    for (char *nul; data != NULL && (nul = memchr(string, '\0', length)) != NULL;) {
        *nul = '\xff'; /* which no UTF-8 has */
    }
    string = secret_without(string, NULL); /* before the end is cut off, by which a secret is known */
    if (strlen(string) > WRONG_RESPONSE_BYTES) {
        string[whole_characters(string, WRONG_RESPONSE_BYTES)] = '\0';
    }
    utf8_repair(&kept, string);
    free(string);
    return text_take(&kept);
}

struct wrong_response *wrong_response_copy(const struct wrong_response *wrong)
{
    if (wrong == NULL) {
        return NULL;
    }
    struct wrong_response *copy = mem_new(1, sizeof *copy);
    *copy = *wrong;
    copy->request = mem_string(wrong->request);
    copy->member = mem_string(wrong->member);
    copy->expected_value = mem_string(wrong->expected_value);
    copy->came_value = mem_string(wrong->came_value);
    copy->unreadable = mem_string(wrong->unreadable);
    copy->capture = mem_string(wrong->capture);
    copy->body = mem_string(wrong->body);
    return copy;
}

void wrong_response_free(struct wrong_response *wrong)
{
    if (wrong != NULL) {
        free(wrong->request);
        free(wrong->member);
        free(wrong->expected_value);
        free(wrong->came_value);
        free(wrong->unreadable);
        free(wrong->capture);
        free(wrong->body);
        free(wrong);
    }
}
