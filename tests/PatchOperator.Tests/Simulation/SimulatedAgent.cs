using PatchOperator.Contract;

namespace PatchOperator.Tests.Simulation;

/// <summary>What the agent does on a node, and what it says of it.</summary>
internal static class SimulatedAgent
{
    public static AgentReport Do(AgentRequest request, SimulatedNode node, Chance chance)
    {
        switch (request.Step)
        {
            case AgentStep.Patch when node.RepositoryBroken:
                return Report(request, node, AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);
            case AgentStep.Patch:
                var changed = !node.Patched;
                if (changed)
                    node.RebootDue |= node.NeedsReboot ?? chance.OneIn(2);
                node.Patched = true;
                if (changed)
                    node.KeptOf = request.KeepReplaced ? request.Operation : null;
                var report = Report(request, node, changed ? AgentResult.Done : AgentResult.NothingToDo, changed ? AgentReasons.Completed : AgentReasons.NothingToDo);
                report.Changed = changed ? [new ChangedPackage("openssl", "1", node.Candidate)] : [];
                report.Kept = node.KeptOf == request.Operation ? new KeptFacts(1, 1000, []) : null;
                return report;
            case AgentStep.Reboot:
                return Report(request, node, AgentResult.Done, AgentReasons.RebootRequested);
            case AgentStep.Rollback:
                var kept = node.KeptOf == request.Operation;
                var undone = kept && node.Patched;
                node.RebootDue |= undone && chance.OneIn(2);
                node.Patched &= !undone;
                var back = Report(request, node, kept ? AgentResult.Done : AgentResult.NothingToDo, kept ? AgentReasons.Completed : AgentReasons.NothingToDo);
                back.Changed = undone ? [new ChangedPackage("openssl", node.Candidate, "1")] : [];
                return back;
            case AgentStep.Verify when !node.Patched || node.UpdateIsBad:
                return Report(request, node, AgentResult.VerificationFailed, node.Patched ? AgentReasons.UnitsBroken : AgentReasons.UpdatesMissing);
            case AgentStep.Verify:
                node.VerifiedIn = node.Boots;
                return Report(request, node, AgentResult.Done, AgentReasons.Completed);
            default:
                return Report(request, node, AgentResult.Done, AgentReasons.Completed);
        }
    }

    private static AgentReport Report(AgentRequest request, SimulatedNode node, AgentResult result, string reason)
    {
        node.FoundPatched |= request.Step is AgentStep.Scan or AgentStep.Verify && node is { Patched: true, RebootDue: false };
        return AReport(request, node, result, reason);
    }

    private static AgentReport AReport(AgentRequest request, SimulatedNode node, AgentResult result, string reason) => new()
    {
        Step = request.Step,
        Result = result,
        Reason = reason,
        Message = reason,
        Host = new HostFacts("Debian 12", "debian-12", "6.1.0", "amd64", "apt"),
        Installed = new InstalledFacts(100, node.Patched ? "new" : "old"),
        Pending = node.Patched ? [] : [new PendingUpdate("openssl", "1", node.Candidate, Security: true, Held: false)],
        Reboot = new RebootFacts(node.RebootDue, node.RebootDue ? ["pid 1 uses a deleted library"] : []),
    };
}
