using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>Jobs that are not needed any more.</summary>
internal static class Jobs
{
    /// <summary>Deletes those that <paramref name="which"/> is true of; one whose owner goes as well goes with it.</summary>
    public static IEnumerable<Effect> Delete(NodeInput input, Func<JobFacts, bool> which)
    {
        var going = input.Jobs.Values.Where(which).ToList();
        var owners = going.Select(job => job.Uid).ToHashSet();
        return going.Where(job => job.Owner is null || !owners.Contains(job.Owner)).OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => new DeleteJob(job.Name));
    }
}
