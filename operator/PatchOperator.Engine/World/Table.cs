using System.Collections.Immutable;

namespace PatchOperator.Engine.World;

/// <summary>The objects of one kind by name, and by one value that they are looked up by. Immutable: a change makes another table, in O(log n).</summary>
public sealed class Table<T>
    where T : class
{
    private static readonly ImmutableHashSet<string> None = ImmutableHashSet.Create<string>(NameComparer.Instance);

    private readonly ImmutableDictionary<string, T> items;
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>> names;
    private readonly Func<T, string?>? indexBy;

    private Table(ImmutableDictionary<string, T> items, ImmutableDictionary<string, ImmutableHashSet<string>> names, Func<T, string?>? indexBy) =>
        (this.items, this.names, this.indexBy) = (items, names, indexBy);

    /// <summary>An empty table.</summary>
    /// <param name="indexBy">What <see cref="By"/> looks up; null where nothing does.</param>
    public Table(Func<T, string?>? indexBy = null)
        : this(
            ImmutableDictionary.Create<string, T>(NameComparer.Instance),
            ImmutableDictionary.Create<string, ImmutableHashSet<string>>(NameComparer.Instance),
            indexBy)
    {
    }

    /// <summary>In an order that means nothing, and is the same in each process.</summary>
    public IEnumerable<T> All => items.Values;

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>Null when there is none of that name.</summary>
    public T? this[string name] => items.GetValueOrDefault(name);

    /// <summary>Those whose index value is <paramref name="value"/>.</summary>
    public IEnumerable<T> By(string value) => names.TryGetValue(value, out var found) ? found.Select(name => items[name]) : [];

    /// <summary>The table with another object of that name, or with null without one.</summary>
    public Table<T> With(string name, T? item)
    {
        var index = names;
        if (indexBy is not null)
        {
            var (from, to) = (this[name] is { } old ? indexBy(old) : null, item is null ? null : indexBy(item));
            if (from != to)
                index = Add(Remove(index, from, name), to, name);
        }

        return new Table<T>(item is null ? items.Remove(name) : items.SetItem(name, item), index, indexBy);
    }

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Remove(ImmutableDictionary<string, ImmutableHashSet<string>> index, string? value,
        string name)
    {
        if (value is null || !index.TryGetValue(value, out var found))
            return index;
        var rest = found.Remove(name);
        return rest.IsEmpty ? index.Remove(value) : index.SetItem(value, rest);
    }

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Add(ImmutableDictionary<string, ImmutableHashSet<string>> index, string? value,
        string name) =>
        value is null ? index : index.SetItem(value, (index.GetValueOrDefault(value) ?? None).Add(name));
}
