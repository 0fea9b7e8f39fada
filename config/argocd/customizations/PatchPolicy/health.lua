-- Whether the policy is in effect. Updates that are pending and a rollout under way are its everyday life: Healthy.
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

if obj.spec.suspend then
  return { status = "Suspended", message = "spec.suspend: nodes are scanned, none is patched" }
end

if is("Reconciling") then
  return { status = "Progressing", message = conditions.Reconciling.message }
end

return { status = "Healthy", message = conditions.Compliant.message }
