-- string.format: every conversion with every flag on values at the edges.
local numbers = {
    0, -0, 1, -1, 7, 42, -42, 255, 256, 65535, 2 ^ 31, -2 ^ 31, 2 ^ 32, 2 ^ 53, -2 ^ 53, 2 ^ 62, 1e15, 123456789, 0.5, 1.5, 2.5, -0.5, 0.1, 1 / 3, 2 / 3,
    -- Not 999999.5: the C library forgets the zeros that "%#g" asks for when rounding adds a digit.
    9.995, 99.5, 99999.5, 1e-5, 1e-4, 123456.789, 1e5, 1e6, 1e16, 1e17, 1e21, 1e22, 1e100, 1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e-300,
    0.000012345, 100000, 1000000, 9999999, 3.14159265358979, 1 / 0, -1 / 0,
}
local flags = { "", "-", "+", " ", "#", "0", "+0", "-0", "# ", "+-", " 0", "#0", "-+ #0" }
local widths = { "", "1", "5", "12", "20" }
local precisions = { "", ".", ".0", ".1", ".3", ".10", ".17", ".20" }
for _, letter in ipairs { "d", "i", "u", "x", "X", "o", "e", "E", "f", "g", "G" } do
    for _, flag in ipairs(flags) do
        local line = {}
        for index, width in ipairs(widths) do
            for _, precision in ipairs(precisions) do
                -- A different slice of the numbers for each combination keeps this short.
                for number = index, #numbers, 5 do
                    local spec = "%" .. flag .. width .. precision .. letter
                    local integral = letter:find("[diuxXo]")
                    if not (integral and math.abs(numbers[number]) > 2 ^ 62) then
                        line[#line + 1] = spec:format(numbers[number])
                    end
                end
            end
        end
        print(letter, flag, table.concat(line, "|"))
    end
end
for _, number in ipairs(numbers) do
    print(("%.99f|%99.99e|%.40g|%a"):gsub("|%%a", ""):format(number, number, number))
    print(number, tostring(number), number .. "", ("%.14g"):format(number), ("%.17g"):format(number), ("%s"):format(number), ("%5.1f"):format(number))
end
for _, text in ipairs { "", "a", "abc", "a\0b", ("x"):rep(99), ("x"):rep(100), ("x"):rep(99) .. "\0yz", ("\0"):rep(3), "\"quoted\"\\\n\r\t\0end", "é" } do
    for _, spec in ipairs { "%s", "%5s", "%-5s|", "%.2s", "%.0s", "%.s|", "%10.3s", "%-10.1s|", "%q", "%5q", "%.3q", "%.99s", "%99s" } do
        print(spec, (spec:format(text):gsub("%z", "<0>")))
    end
end
for byte = 0, 300, 37 do
    print(byte, (("%c|%5c|%-5c|"):format(byte, byte, byte):gsub("%z", "<0>")))
end
-- What it refuses.
for _, spec in ipairs {
    "%", "%%", "%%%", "%y", "%5", "%-", "%5.", "%.5", "% 5", "%100d", "%099d", "%.100d", "%1.100d", "%------d", "%-----d", "%+ #0-d", "%+ #0-+d", "%5.5.5d", "%ll", "%ld",
    "%h", "%n", "%p", "%a", "%A", "%F", "%D", "%S", "%\0", "%5\0", "%d%", "%123", "%#y", "%.y", "%z", "%\n", "%é", "%*d",
} do
    print(("%q"):format(spec), pcall(string.format, spec, 1, 2, 3))
    print(pcall(string.format, spec))
end
for _, spec in ipairs { "%d", "%s", "%q", "%c", "%f", "%x" } do
    print(spec, pcall(string.format, spec), pcall(string.format, spec, nil))
    print(pcall(string.format, spec, "10"), pcall(string.format, spec, "0x10"), pcall(string.format, spec, "abc"), pcall(string.format, spec, " 7 "))
    print(pcall(string.format, spec, true))
    print((select(2, pcall(string.format, spec, {}))))
end
print(pcall(string.format), pcall(string.format, nil), pcall(string.format, 5), pcall(string.format, 5.5, 1))
print(("%d %s %d"):format(1, "two", 3), pcall(string.format, "%d %d", 1), ("%d"):format(3.99), ("%d"):format(-3.99), ("%d"):format("3.99"))
print(("%5d|%-5d|%05d|%+5d|% d"):format(42, 42, 42, 42, 42), ("%x"):format(-1), ("%o"):format(-1), ("%u"):format(-1), ("%X"):format(2 ^ 63))
print(("%s %s"):format(nil == nil and "yes", 1, 2, 3))
