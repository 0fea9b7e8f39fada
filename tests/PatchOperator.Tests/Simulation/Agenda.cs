using PatchOperator.Queues;

namespace PatchOperator.Tests.Simulation;

/// <summary>What a replica has to look at, each object at its time; of what is due, chance has the order.</summary>
internal sealed class Agenda(TimeProvider time, Chance chance)
{
    private readonly SortedDictionary<(string Kind, string Name), (DateTimeOffset Due, bool Urgent)> pending = [];

    /// <summary>When the next is due; null when nothing is.</summary>
    public DateTimeOffset? Next => pending.Count == 0 ? null : pending.Values.Min(wish => wish.Due);

    public void Add(Wish wish)
    {
        var key = (wish.Key.Kind, wish.Key.Name);
        var due = wish.Delay > TimeSpan.FromDays(1) ? time.GetUtcNow().AddDays(1) : time.GetUtcNow() + wish.Delay;
        pending[key] = pending.TryGetValue(key, out var known) ? (known.Due < due ? known.Due : due, known.Urgent || wish.Urgent) : (due, wish.Urgent);
    }

    /// <summary>Takes one that is due, and that may be worked on now.</summary>
    public ObjectKey? Take(Func<ObjectKey, bool> may)
    {
        var now = time.GetUtcNow();
        var due = pending.Where(wish => wish.Value.Due <= now && may(new ObjectKey(wish.Key.Kind, wish.Key.Name))).ToList();
        if (due.Count == 0)
            return null;
        var taken = chance.IsCalm ? due.OrderByDescending(wish => wish.Value.Urgent).ThenBy(wish => wish.Value.Due).First() : due[chance.Below(due.Count)];
        pending.Remove(taken.Key);
        return new ObjectKey(taken.Key.Kind, taken.Key.Name);
    }
}
