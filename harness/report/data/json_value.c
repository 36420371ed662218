#include "report/data/json_value.h"

#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stddef.h>

json_t *json_value_text(const char *string)
{
    struct text repaired = {0};

    if (string == NULL) {
        return json_null();
    }
    utf8_repair(&repaired, string);
    json_t *value = json_stringn(repaired.data != NULL ? repaired.data : "", repaired.length);
    text_release(&repaired);
    return value;
}

json_t *json_value_count(uint64_t count)
{
    return count <= INT64_MAX ? json_integer((json_int_t)count) : json_real((double)count);
}

json_t *json_value_known(uint64_t count, uint64_t unknown)
{
    return count == unknown ? json_null() : json_value_count(count);
}

json_t *json_value_number(double number)
{
    if (!isfinite(number)) {
        return json_null();
    }
    return number == floor(number) && fabs(number) < 0x1p53 ? json_integer((json_int_t)number) : json_real(number);
}

json_t *json_value_share(double share)
{
    return share > 0 ? json_value_number(share) : json_null();
}
