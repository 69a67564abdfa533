-- Answers a line for everything that a script can reach from its globals, in the order of `pairs`.
local seen, out = {}, {}
local function walk(path, value)
    local kind = type(value)
    local line = path .. ' = ' .. kind
    if kind == 'number' then
        line = line .. ' ' .. string.format('%.17g', value)
    elseif kind == 'string' then
        line = line .. ' ' .. string.format('%q', value)
    elseif kind ~= 'boolean' then
        if seen[value] then
            out[#out + 1] = line .. ' ' .. seen[value]
            return
        end
        seen[value] = path
    end
    out[#out + 1] = line
    if kind == 'table' then
        for key, item in pairs(value) do walk(path .. '.' .. tostring(key), item) end
        out[#out + 1] = path .. ' keeps ' .. tostring((pcall(rawset, value, 'own', nil)))
    end
    if getmetatable(value) then walk(path .. ' meta', getmetatable(value)) end
end
walk('_G', _G)
walk('text', '')
return out
