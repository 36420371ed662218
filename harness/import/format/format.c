#include "import/format/format.h"

void format_leave_out_line(const struct format_source *source, const char *line, uint64_t number)
{
    remarks_leave_out(source->remarks, "lines that do not parse", 1, number, line);
}
