namespace GreenAI.Metering;

/// <summary>One policy in force, with the rules of each model and tenant. A decision belongs to one generation: two policies are never mixed.</summary>
internal sealed class BudgetGeneration
{
    private readonly object _making = new();
    private readonly AdmissionPath?[]?[] _paths;
    private readonly Dictionary<(string Rule, string Part), RuleBook> _books = [];
    private readonly WaiverBook _waivers;
    private readonly int _models;
    private readonly int _number;

    // While it is made: whose books it takes over.
    private readonly BudgetGeneration? _before;
    private BudgetBook[] _budgets = [];
    private KpiBook[] _kpis = [];
    private AdmissionPath[] _all = [];

    public BudgetGeneration(BudgetGate gate, BudgetPolicy policy, int models, int tenants, int number, BudgetGeneration? before)
    {
        Gate = gate;
        _number = number;
        _before = before;
        Policy = policy;
        Hash = policy.Hash;
        _waivers = new WaiverBook(policy.Waivers);
        _paths = new AdmissionPath?[tenants + 1][];
        _models = models;
        // Budgets that are nobody's in particular exist from the start, in the metrics and in the report too.
        lock (_making)
        {
            foreach (BudgetDefinition budget in policy.Budgets)
            {
                // Its tenant is told apart however many others there will be.
                if (budget.Scope.Tenant is { } tenant and not BudgetScope.Each) gate.Tenants.GetOrAdd(tenant, out _);
                // What there was for each model or tenant goes over now, while no close runs.
                foreach (BudgetBook old in before?.Budgets ?? [])
                {
                    if (old.Id == budget.Id) Book(budget, old.Subject.Model, old.Subject.Tenant);
                }

                if (budget.Scope.Model != BudgetScope.Each && budget.Scope.Tenant != BudgetScope.Each) Book(budget, budget.Scope.Model, budget.Scope.Tenant);
            }

            foreach (KpiRule rule in policy.Kpis)
            {
                foreach (KpiBook old in before?.Kpis ?? [])
                {
                    if (old.Id == rule.Id && (rule.Model is null || rule.Model == old.Model)) Book(rule, old.Model);
                }

                if (rule.Model is not null || KpiSubjects.IsOfHost(rule.Kpi)) Book(rule, rule.Model);
            }
        }

        _before = null;
    }

    public BudgetGate Gate { get; }

    public BudgetPolicy Policy { get; }

    public string Hash { get; }

    public BudgetBook[] Budgets => Volatile.Read(ref _budgets);

    public KpiBook[] Kpis => Volatile.Read(ref _kpis);

    public AdmissionPath[] Paths => Volatile.Read(ref _all);

    /// <summary>The path of a model and a tenant (0: none; else its index plus 1). Allocates the first time.</summary>
    public AdmissionPath Path(int model, int tenant) =>
        Volatile.Read(ref _paths[tenant]) is { } paths && Volatile.Read(ref paths[model]) is { } path ? path : Make(model, tenant);

    private AdmissionPath Make(int model, int tenant)
    {
        lock (_making)
        {
            AdmissionPath?[] paths = _paths[tenant] ?? new AdmissionPath?[_models];
            if (paths[model] is { } made) return made;
            string name = Gate.ModelName(model);
            string? whom = tenant == 0 ? null : Gate.TenantName(tenant - 1);
            var rules = new List<RuleBook>();
            foreach (BudgetDefinition budget in Policy.Budgets)
            {
                if (Book(budget, name, whom) is { } book) rules.Add(book);
            }

            foreach (KpiRule rule in Policy.Kpis)
            {
                if (rule.Model is null || rule.Model == name) rules.Add(Book(rule, KpiSubjects.IsOfHost(rule.Kpi) ? null : name));
            }

            var path = new AdmissionPath(this, model, tenant, [.. rules]);
            Volatile.Write(ref paths[model], path);
            Volatile.Write(ref _paths[tenant], paths);
            Volatile.Write(ref _all, [.. _all, path]);
            // A rule may have changed what it says after the path asked and before closes knew of the path.
            path.Restate();
            return path;
        }
    }

    // Null: the budget is for others.
    private BudgetBook? Book(BudgetDefinition budget, string? model, string? tenant)
    {
        BudgetScope scope = budget.Scope;
        if (!Covers(scope.Model, model) || !Covers(scope.Tenant, tenant) || !Covers(scope.Service, Gate.Service) || !Covers(scope.Host, Gate.Host)) return null;
        var parts = new List<string>();
        if (scope.Model == BudgetScope.Each) parts.Add($"model={Plain(model)}");
        if (scope.Tenant == BudgetScope.Each) parts.Add($"tenant={Plain(tenant)}");
        if (scope.Service == BudgetScope.Each) parts.Add($"service={Plain(Gate.Service)}");
        if (scope.Host == BudgetScope.Each) parts.Add($"host={Plain(Gate.Host)}");
        string part = string.Join(',', parts);
        if (_books.TryGetValue((budget.Id, part), out RuleBook? known)) return (BudgetBook)known;
        var subject = new WaiverSubject(scope.Model is null ? null : model, scope.Tenant is null ? null : tenant, Gate.Service, Gate.Host);
        LeasedAccount? account = budget.Kind is BudgetKind.Emissions or BudgetKind.Energy ? Gate.Account(budget, part, Policy.EffectiveFrom, _number) : null;
        BudgetBook? before = Array.Find(_before?.Budgets ?? [], old => old.Id == budget.Id && old.Part == part);
        var book = new BudgetBook(Gate, budget, subject, part, account, _waivers, Policy.EffectiveFrom, Hash, before);
        book.Evaluate(Gate.Utc);
        _books[(budget.Id, part)] = book;
        Volatile.Write(ref _budgets, [.. _budgets, book]);
        return book;
    }

    private KpiBook Book(KpiRule rule, string? model)
    {
        string part = model ?? "";
        if (_books.TryGetValue((rule.Id, part), out RuleBook? known)) return (KpiBook)known;
        var book = new KpiBook(Gate, rule, model, _waivers, Hash, Array.Find(_before?.Kpis ?? [], old => old.Id == rule.Id && old.Model == model));
        _books[(rule.Id, part)] = book;
        Volatile.Write(ref _kpis, [.. _kpis, book]);
        return book;
    }

    // Names must not read as other parts.
    private static string? Plain(string? name) =>
        name?.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);

    private static bool Covers(string? scope, string? name) => scope is null || (name is not null && (scope == BudgetScope.Each || scope == name));
}
