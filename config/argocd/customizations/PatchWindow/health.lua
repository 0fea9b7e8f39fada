-- Whether the window can open. Whether it is open now makes no difference.
-- Nothing is known of what Git asks for before the operator has looked at it.
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "the operator has not looked at this generation yet" }
end

local conditions = {}
for _, condition in ipairs(status.conditions) do
  conditions[condition.type] = condition
end

local function is(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

if is("Stalled") then
  return { status = "Degraded", message = conditions.Stalled.message }
end

return { status = "Healthy", message = conditions.Open.message }
