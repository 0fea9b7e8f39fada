-- How the rollout goes. Suspended while it waits for something that is not its own doing.
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

local waiting = { PendingApproval = true, Soaking = true, Paused = true, WaitingForWindow = true }
if waiting[status.phase] then
  return { status = "Suspended", message = status.message }
end

if is("Reconciling") then
  return { status = "Progressing", message = status.message }
end

return { status = "Healthy", message = status.message }
