namespace PatchOperator.Mutations;

/// <summary>Tests that one process runs.</summary>
/// <param name="Project">The project that has them.</param>
/// <param name="Filter">Which of them; all where it is empty.</param>
/// <param name="First">The first seed of each story.</param>
/// <param name="Seeds">How many seeds each story is told with; null for tests that are no stories, or not only.</param>
internal sealed record TestRun(string Project, string Filter = "", int First = 0, int? Seeds = null)
{
    // Those that chance has a part in.
    private const string Stories = "FullyQualifiedName~Simulation.&FullyQualifiedName!~TranscriptTests&FullyQualifiedName!~WritesTests&FullyQualifiedName!~FleetSimulation";

    /// <summary>The fast tests, the faster ones first.</summary>
    public static IReadOnlyList<TestRun> Fast { get; } = [new("PatchOperator.Engine.Tests"), new("PatchOperator.Tests")];

    /// <summary>Stories alone: a few seeds of each, and then more, as most breaks are noticed by the first.</summary>
    public static IReadOnlyList<TestRun> Simulation { get; } = [Story(0, 1), Story(1, 4), Story(5, 10)];

    private static TestRun Story(int first, int seeds) => new("PatchOperator.Tests", Stories, first, seeds);
}
