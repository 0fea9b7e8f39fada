using System.Globalization;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;

namespace PatchOperator.Tests.Caches;

/// <summary>A watch, a list and the answers to our own writes tell of the same objects, in no order.</summary>
public class StoreTests
{
    private readonly List<string> news = [];
    private readonly Store<PatchRun> store;

    public StoreTests() => store = new Store<PatchRun>((name, run) => news.Add(run is null ? $"{name} is gone" : $"{name} {run.Metadata.Uid} {run.Metadata.ResourceVersion}"));

    [Theory]
    [InlineData("a later one is news", 6, true)]
    [InlineData("the same again is none", 5, false)]
    [InlineData("an older one is none", 4, false)]
    public void Versions_of_an_object(string what, int version, bool isNews)
    {
        Put("run", "uid", 5);
        Put("run", "uid", version);

        Assert.True(news.SequenceEqual(isNews ? ["run uid 5", $"run uid {version}"] : ["run uid 5"]), what);
    }

    [Fact]
    public void Versions_are_compared_as_numbers()
    {
        Put("run", "uid", 9);
        Put("run", "uid", 10);

        Assert.Equal(["run uid 9", "run uid 10"], news);
    }

    [Fact]
    public void What_is_gone_stays_gone_whatever_answers_arrive_late()
    {
        Put("run", "uid", 5);
        store.Remove("run", "uid");
        Put("run", "uid", 6);

        Assert.Equal(["run uid 5", "run is gone"], news);
    }

    /// <summary>The watch may tell of a deletion before the answer to the creation arrives.</summary>
    [Fact]
    public void What_is_gone_before_it_was_known_never_comes()
    {
        store.Remove("run", "uid");
        Put("run", "uid", 5);

        Assert.Empty(news);
    }

    [Fact]
    public void Another_object_of_the_name_is_news_and_the_end_of_the_one_before_is_not_its_end()
    {
        Put("run", "first", 5);
        Put("run", "second", 7);
        store.Remove("run", "first");

        Assert.Equal(["run first 5", "run second 7"], news);
    }

    [Fact]
    public void A_late_answer_about_an_object_does_not_bring_it_back_over_the_one_that_has_its_name_now()
    {
        Put("run", "first", 5);
        Put("run", "second", 8);
        Put("run", "first", 7);

        Assert.Equal(["run first 5", "run second 8"], news);
    }

    [Fact]
    public void What_a_list_does_not_have_is_gone_unless_it_is_younger_than_the_list()
    {
        Put("listed", "a", 5);
        Put("unlisted", "b", 6);
        Put("younger", "c", 11);
        news.Clear();

        store.RemoveAllBut(new HashSet<string> { "listed" }, "10");

        Assert.Equal(["unlisted is gone"], news);
    }

    [Fact]
    public void A_late_answer_about_an_object_that_a_list_did_not_have_does_not_bring_it_back()
    {
        Put("run", "uid", 5);
        store.RemoveAllBut(new HashSet<string>(), "10");
        Put("run", "uid", 6);

        Assert.Equal(["run uid 5", "run is gone"], news);
    }

    [Fact]
    public void The_newest_version_is_that_of_any_object()
    {
        Assert.Equal("0", store.Newest);
        Put("a", "a", 12);
        Put("b", "b", 7);

        Assert.Equal("12", store.Newest);
    }

    [Theory]
    [InlineData("the list of a restored cluster makes everything news", 10, true)]
    [InlineData("a list of the version that was known makes nothing news", 20, false)]
    [InlineData("a later list makes nothing news", 30, false)]
    public void Lists(string what, int listVersion, bool isNews)
    {
        Put("run", "uid", 20);
        news.Clear();

        store.Listing(listVersion.ToString(CultureInfo.InvariantCulture), "20");
        Put("run", "uid", 8);

        Assert.True((isNews ? ["run uid 8"] : Array.Empty<string>()).SequenceEqual(news), what);
        Assert.Equal(isNews ? "10" : "20", store.Newest);
    }

    [Fact]
    public void What_was_deleted_since_the_backup_is_back_in_a_restored_cluster()
    {
        Put("run", "uid", 5);
        store.Remove("run", "uid");
        Put("other", "other", 20);
        news.Clear();

        store.Listing("10", "20");
        Put("run", "uid", 5);

        Assert.Equal(["run uid 5"], news);
    }

    private void Put(string name, string uid, int version) => store.Put(new PatchRun
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = uid, ResourceVersion = version.ToString(CultureInfo.InvariantCulture) },
    });
}
