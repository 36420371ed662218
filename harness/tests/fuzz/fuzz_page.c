/* Any page, read as what it shows. */
#include "contract/verify/page.h"
#include "fuzz.h"

#include <jansson.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *page = page_read((const char *)data, size);
    struct text document = {0}, wrong = {0};

    FUZZ_HOLDS(json_is_array(json_object_get(page, "rows")));
    text_append(&document, data, size);
    FUZZ_HOLDS(page_matches(page, &document, &wrong));
    FUZZ_HOLDS(wrong.length == 0);
    text_release(&document);
    json_decref(page);
    return 0;
}
