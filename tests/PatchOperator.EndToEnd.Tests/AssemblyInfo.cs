// One cluster, and each story needs all of it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
