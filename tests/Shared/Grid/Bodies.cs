namespace GreenAI.Metering.Checks;

/// <summary>Answers as the sources document them, at <see cref="Now"/>.</summary>
internal static class Bodies
{
    public const string Token = "t0ken-of-half-an-hour";

    public const string ElectricityMaps =
        """
        {"zone":"DE","carbonIntensity":302,"datetime":"2026-11-03T10:00:00.000Z","updatedAt":"2026-11-03T10:07:00.350Z",
         "createdAt":"2026-10-31T10:04:00.000Z","emissionFactorType":"lifecycle","isEstimated":true,"estimationMethod":"TIME_SLICER_AVERAGE"}
        """;

    public const string Uk =
        """
        {"data":[
         {"from":"2026-11-03T09:00Z","to":"2026-11-03T09:30Z","intensity":{"forecast":266,"actual":263,"index":"moderate"}},
         {"from":"2026-11-03T09:30Z","to":"2026-11-03T10:00Z","intensity":{"forecast":260,"actual":258,"index":"moderate"}},
         {"from":"2026-11-03T10:00Z","to":"2026-11-03T10:30Z","intensity":{"forecast":250,"actual":null,"index":"moderate"}},
         {"from":"2026-11-03T10:30Z","to":"2026-11-03T11:00Z","intensity":{"forecast":240,"index":"moderate"}}]}
        """;

    public const string UkRegion =
        """
        {"data":[{"regionid":3,"dnoregion":"Electricity North West","shortname":"North West England","postcode":"RG10","data":[
         {"from":"2026-11-03T10:00Z","to":"2026-11-03T10:30Z","intensity":{"forecast":51,"index":"low"},"generationmix":[{"fuel":"gas","perc":43.6}]},
         {"from":"2026-11-03T10:30Z","to":"2026-11-03T11:00Z","intensity":{"forecast":49,"index":"low"},"generationmix":[]}]}]}
        """;

    public const string WattTime =
        """
        {"data":[{"point_time":"2026-11-03T10:20:00Z","value":845.1},{"point_time":"2026-11-03T10:25:00+00:00","value":850}],
         "meta":{"region":"CAISO_NORTH","signal_type":"co2_moer","units":"lbs_co2_per_mwh","data_point_period_seconds":300,
                 "generated_at":"2026-11-03T10:20:00Z","generated_at_period_seconds":300,"model":{"date":"2023-03-01","type":"binned_regression"},"warnings":[]}}
        """;

    public const string WattTimeLogin = $$"""{"token":"{{Token}}"}""";

    public const string CarbonAwareSdk =
        """
        [{"location":"CAISO_NORTH","time":"2026-11-03T10:20:00+00:00","rating":439.07741416000005,"duration":"00:05:00"},
         {"location":"CAISO_NORTH","time":"2026-11-03T10:15:00.5092741+00:00","rating":438.62382179,"duration":"00:05:00"},
         {"location":"CAISO_NORTH","time":"2026-11-03T10:10:00+00:00","rating":438.62382179,"duration":"00:05:00"}]
        """;

    public static DateTimeOffset Now { get; } = new(2026, 11, 3, 10, 21, 30, TimeSpan.Zero);
}
