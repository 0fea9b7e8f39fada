using PatchOperator.Api;

namespace PatchOperator.Engine;

/// <summary>Builds a condition list whose transition times change only when a status does.</summary>
public sealed class Conditions(IReadOnlyList<Condition> previous, long generation, DateTimeOffset now)
{
    private readonly List<Condition> list = [];

    public Conditions Add(string type, bool? status, string reason, string message)
    {
        var text = status switch { true => "True", false => "False", null => "Unknown" };
        var before = previous.FirstOrDefault(condition => condition.Type == type);
        list.Add(new Condition
        {
            Type = type,
            Status = text,
            Reason = reason,
            Message = Text.Fit(message),
            LastTransitionTime = before?.Status == text ? before.LastTransitionTime : now,
            ObservedGeneration = generation,
        });
        return this;
    }

    /// <summary>Takes conditions over as they are.</summary>
    public Conditions Add(IEnumerable<Condition> unchanged)
    {
        list.AddRange(unchanged);
        return this;
    }

    /// <summary>The former list where nothing has changed: that a status is the same is seen without a look at all of it.</summary>
    public List<Condition> ToList() => previous is List<Condition> before && before.SequenceEqual(list) ? before : list;
}
