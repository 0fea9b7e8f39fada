using PatchOperator.Engine.Decisions;
using PatchOperator.Mutations;

namespace PatchOperator.Rules.Tests;

/// <summary>The list of <c>make mutations</c> keeps up with the code, though it is too slow to be run each time.</summary>
public class MutationTests
{
    [Fact]
    public void Each_can_still_be_made_and_breaks_one_thing() => Findings.None(
        "what a mutation takes away stands once in its file, and something else comes in its place:",
        from mutation in Mutation.All
        let text = File.Exists(Repository.PathOf(mutation.File)) ? File.ReadAllText(Repository.PathOf(mutation.File)) : ""
        let count = mutation.Occurrences(text)
        where count != 1 || mutation.Apply(text) == text
        select $"{mutation.Name}: {count} times in {mutation.File}");

    /// <summary>That it does, <c>hack/mutations --simulation</c> shows.</summary>
    [Fact]
    public void Many_are_for_the_simulation_to_notice_by_itself() =>
        Assert.InRange(Mutation.All.Count(mutation => mutation.Simulated), 20, Mutation.All.Count);

    [Theory]
    [InlineData("operator/PatchOperator.Engine/Runs/Gates", "IGate")]
    [InlineData("operator/PatchOperator.Engine/Nodes/Steps", "IStep")]
    public void Each_gate_and_step_is_broken(string folder, string what) => Findings.None(
        "no mutation breaks:",
        SourceFile.In(folder)
            .Where(file => file.Text.Contains($" : {what}", StringComparison.Ordinal))
            .Select(file => file.Path)
            .Except(Mutation.All.Select(mutation => mutation.File)));

    [Theory]
    [InlineData(typeof(Effect), "operator/PatchOperator/Effects/EffectHandlers.cs")]
    [InlineData(typeof(Question), "operator/PatchOperator/Questions/QuestionHandlers.cs")]
    public void Each_effect_and_each_answer_is_lost_once(Type kind, string handlers) => Findings.None(
        "no mutation loses:",
        kind.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(kind) && !type.IsAbstract)
            .Where(type => !Mutation.All.Any(mutation => mutation.File == handlers && mutation.Before.Contains($"On<{type.Name}>", StringComparison.Ordinal)))
            .Select(type => type.Name));
}
