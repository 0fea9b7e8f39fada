using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;

namespace PatchOperator.Engine.Tests.Runs.Gates;

/// <summary>What a gate says, as one line.</summary>
internal static class GateWords
{
    public static string Of(IGate gate, RunInput input, int acknowledged = 0) => gate.Ask(new RunState(input, new RunNodes(input), acknowledged)) switch
    {
        GateAnswer.NotYet(var phase, var because) => $"not yet, {phase}: {because}",
        GateAnswer.Halt(var because) => $"halt: {because}",
        GateAnswer.End(var phase, var because) => $"end, {phase}: {because}",
        _ => "go",
    };
}
