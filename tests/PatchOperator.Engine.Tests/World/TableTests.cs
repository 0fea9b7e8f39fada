using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Tests.World;

public class TableTests
{
    private static readonly Table<string> Empty = new(value => value.Length == 0 ? null : value[..1]);

    [Fact]
    public void A_change_makes_another_table_and_leaves_the_first_as_it_was()
    {
        var one = Empty.With("x", "apple");
        var two = one.With("x", "banana").With("y", "cherry");

        Assert.Equal((1, "apple", null), (one.Count, one["x"], one["y"]));
        Assert.Equal(["banana", "cherry"], two.All.Order());
    }

    [Fact]
    public void What_is_looked_up_follows_each_change()
    {
        var table = Empty.With("x", "apple").With("y", "avocado").With("z", "");

        Assert.Equal(["apple", "avocado"], table.By("a").Order());
        Assert.Equal(["avocado"], table.With("x", "banana").By("a"));
        Assert.Equal(["banana"], table.With("x", "banana").By("b"));
        Assert.Equal(["apricot", "avocado"], table.With("x", "apricot").By("a").Order());
        Assert.Equal(["avocado"], table.With("x", null).By("a"));
        Assert.Empty(table.With("x", null).With("y", null).By("a"));
        Assert.Equal("", table["z"]);
    }

    /// <summary>Or a seed of the simulation would tell another story each time.</summary>
    [Fact]
    public void Its_order_is_the_same_in_each_process()
    {
        string[] names = ["node-1", "node-2", "node-3", "node-4", "node-5", "node-6"];

        Assert.Equal(names, names.Reverse().Aggregate(Empty, (table, name) => table.With(name, name)).All);
        Assert.Equal(names, names.Reverse().Aggregate(Empty, (table, name) => table.With(name, name)).By("n"));
    }

    [Fact]
    public void What_was_never_there_goes_without_a_word() => Assert.Equal(0, Empty.With("x", null).Count);
}
