start_client
begun=$(now)
start_in_client "$work/songs" songs accepted "$gateway" 20
for name in "${services[@]}" redis; do
  pod=$(pods_of "$name" | shuf -n 1)
  k delete "$pod" --grace-period=0 --force >/dev/null 2>&1
  note "$pod killed after $(seconds_since "$begun") s"
  sleep 4
done
songs_succeed '20 jobs, a pod of each service and Redis killed meanwhile: 20 succeed, once each' 20
figure twenty-jobs-six-kills "$(seconds_since "$begun")" s '' '20 songs of 8 bars asked at once'
end_client
