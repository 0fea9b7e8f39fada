# Every target installs what it needs on a fresh Debian 12 machine as root, or says exactly what is missing.
SHELL := /bin/bash
CLUSTER ?= demo
NODES ?= 3

.DEFAULT_GOAL := help
.PHONY: help demo test simulate mutations lint bench overhead downtime footprint scale image chart schemas cluster-up cluster-down

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## the main job on a real local cluster: three nodes are patched while you watch; leaves the cluster up
	@hack/demo

test: ## all tests: fast ones first, then a real API server, then real nodes
	@hack/test

simulate: ## rollouts under random faults, with SEEDS=200 seeds of each story, from FIRST=0 on, or SEED=17 alone; STORY=Two_leaders of those alone: what fails is told, its journal is in out/journals
	@FIRST=$(FIRST) SEEDS=$(or $(SEEDS),200) SEED=$(SEED) NODES=$(if $(filter command line,$(origin NODES)),$(NODES)) dotnet test tests/PatchOperator.Tests --nologo --verbosity quiet --filter 'FullyQualifiedName~Simulation.$(STORY)'

mutations: ## deliberate breaks of engine and operator, each of which a fast test is to notice: half an hour, or NAMES="drain-skipped ..."
	@hack/mutations $(NAMES)

lint: ## formatting and analyzers, shell scripts, YAML
	@hack/lint

bench: ## figures of engine and operator
	@dotnet run --project tests/PatchOperator.Benchmarks --configuration Release --verbosity quiet -- --filter '*'

overhead: ## what the agent takes to patch a host, beside apt-get by hand: ROUNDS=5
	@hack/overhead --rounds $(or $(ROUNDS),5)

downtime: ## how long a node is away, from cordon to uncordon, with updates downloaded before, beside without: ROUNDS=3, RATE=5000 KB a second
	@hack/downtime --rounds $(or $(ROUNDS),3) --rate $(or $(RATE),5000)

footprint: ## memory, CPU and start-up of the published operator, idle and with NODES=5000 of UPDATES=20 each: BASE=COMMIT beside another
	@hack/footprint $(if $(BASE),--base $(BASE)) --nodes $(if $(filter command line,$(origin NODES)),$(NODES),5000) $(if $(UPDATES),--updates $(UPDATES))

scale: ## what the operator costs with NODES=5000 pretended nodes, in a first scan, at rest, in rollouts: COMMIT=COMMIT of another commit, SPEED=1 in real time
	@hack/scale $(if $(COMMIT),--commit $(COMMIT)) $(if $(SPEED),--speed $(SPEED)) --nodes $(if $(filter command line,$(origin NODES)),$(NODES),5000)

image: ## the container image of operator and agent, patch-operator:dev
	@hack/build-image

chart: ## what of the Helm chart is made from crds/, config/monitoring, values.yaml and the version
	@hack/chart

schemas: ## the JSON Schemas of docs/schemas, from crds/
	@hack/schemas

cluster-up: ## a local cluster: CLUSTER=demo NODES=3
	@tests/cluster/cluster up --name $(CLUSTER) --nodes $(NODES)

cluster-down: ## takes the local cluster down and leaves nothing behind: CLUSTER=demo
	@tests/cluster/cluster down --name $(CLUSTER)
