namespace PatchOperator.EndToEnd.Tests.Watching;

/// <summary>The states something went through.</summary>
public sealed class Recording<T>
{
    private readonly Lock gate = new();
    private readonly List<T> states = [];

    /// <summary>All states so far, in order.</summary>
    public IReadOnlyList<T> States
    {
        get
        {
            lock (gate)
                return [.. states];
        }
    }

    internal void Add(T state)
    {
        lock (gate)
        {
            if (states.Count == 0 || !EqualityComparer<T>.Default.Equals(states[^1], state))
                states.Add(state);
        }
    }
}
